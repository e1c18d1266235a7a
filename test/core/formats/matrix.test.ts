import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../src/core/bytes/text.ts';
import { formats } from '../../../src/core/formats/index.ts';
import { detect } from '../../../src/core/repair/index.ts';

/** Share of a sample's lines that a format reads. */
function shareOf(id: string, sample: string): number {
  const { shares } = detect(
    bytesOf(sample),
    formats.filter((format) => format.id === id),
  );
  return shares[0]?.share ?? 0;
}

/**
 * Where one format reads more than a tenth of another's sample, and why. Detection still tells them apart: it takes the format
 * that reads most.
 */
const SHARED: Readonly<Record<string, string>> = {};

describe.each(formats.map((format) => ({ id: format.id, format })))('$id', ({ id, format }) => {
  it.each(format.samples.map((sample) => [sample.split('\n', 1)[0]!, sample]))(
    'reads its own sample %s',
    (_, sample) => {
      expect(shareOf(id, sample)).toBeGreaterThanOrEqual(0.9);
      expect(detect(bytesOf(sample), formats).format?.id).toBe(id);
    },
  );

  it.each(formats.filter((other) => other.id !== id).map((other) => [other.id, other.samples] as const))(
    'refuses what %s wrote',
    (other, samples) => {
      for (const sample of samples) {
        const share = shareOf(id, sample);
        if (SHARED[`${id} < ${other}`] === undefined) expect(share, sample).toBeLessThanOrEqual(0.1);
      }
    },
  );
});
