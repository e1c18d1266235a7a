import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../src/core/bytes/text.ts';
import { EventCursor } from '../../../src/core/event.ts';
import { filezillaClient } from '../../../src/core/formats/filezilla-client.ts';
import { ftpDialogue } from '../../../src/core/formats/ftp-dialogue.ts';
import { ftplib } from '../../../src/core/formats/ftplib.ts';
import { lftp } from '../../../src/core/formats/lftp.ts';
import { tnftp } from '../../../src/core/formats/tnftp.ts';
import { wget } from '../../../src/core/formats/wget.ts';
import { winscp } from '../../../src/core/formats/winscp.ts';

const SPANS = ['verb', 'text', 'user', 'peer', 'address'] as const;

/** Fails for an event whose spans leave its bytes. */
function expectSpansInside(event: EventCursor): void {
  for (const span of SPANS) {
    const start = event[`${span}Start`];
    const end = event[`${span}End`];
    expect(start <= end && start >= 0 && end <= event.bytes.length, `${span} ${start}..${end}`).toBe(true);
  }
}

describe.each([filezillaClient, ftpDialogue, ftplib, lftp, tnftp, wget, winscp])('$id', (format) => {
  const out = new EventCursor({ accept: expectSpansInside });
  const lines = format.samples.flatMap((sample) => sample.split('\n'));

  function scan(texts: readonly Uint8Array[]): void {
    const scanner = format.createScanner({ order: null });
    for (const bytes of texts) {
      out.bytes = bytes;
      scanner.scan(bytes, 0, bytes.length, out);
    }
  }

  it('reads its lines cut at every byte', () => {
    for (const line of lines) {
      const bytes = bytesOf(line);
      for (let end = 0; end <= bytes.length; end++) scan([bytes.subarray(0, end), bytes.subarray(end)]);
    }
  });

  it('reads its lines with any bytes in them', () => {
    const spoilt = fc
      .tuple(fc.constantFrom(...lines), fc.nat(), fc.uint8Array({ maxLength: 8 }))
      .map(([line, at, bytes]) => {
        const whole = bytesOf(line);
        const cut = at % (whole.length + 1);
        return Uint8Array.from([...whole.subarray(0, cut), ...bytes, ...whole.subarray(cut)]);
      });
    fc.assert(fc.property(fc.array(spoilt, { minLength: 1, maxLength: 12 }), scan), { numRuns: 200 });
  });

  it('takes time in proportion to a line', () => {
    const started = performance.now();
    for (const piece of ['a', ' ', '.', '1', '-', '<', '(', '==> SIZE a ... ', 'Status: ', "'\\"])
      scan([bytesOf(piece.repeat(400_000 / piece.length))]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
