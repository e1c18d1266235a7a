import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../../src/core/analysis.ts';
import { csv } from '../../../src/exporters/csv.ts';
import { generatedLog } from '../../generated-log.ts';

/** The table of sessions; `watched`: routine sessions are not looked at one by one. */
function tableOf(bytes: Uint8Array, watched: boolean): string {
  let text = '';
  const options = { version: '', inputPath: () => 'log', table: 'sessions', width: 80, color: false } as const;
  const more = { delimiter: null, bom: false, raw: false, decimalComma: false, groupBy: [], top: null };
  const sink = csv.create((chunk) => (text += chunk), { ...options, ...more } as never);
  const plain = { session: sink.session.bind(sink), end: sink.end.bind(sink) };
  const analysis = new Analysis({}, watched ? sink : plain);
  analysis.open({ path: 'log', sizeBytes: bytes.length, compression: null, last: true });
  analysis.push(bytes);
  analysis.close();
  analysis.end();
  return text;
}

describe('the table of sessions', () => {
  it.each(['0.9', '1'])('is the same when routine sessions of a %s log are not looked at', (format) => {
    const bytes = generatedLog({ lines: 6_000, format, seed: 7 });
    expect(tableOf(bytes, true)).toBe(tableOf(bytes, false));
  });

  it.each(['filezilla-server-0.9', 'filezilla-server-1', 'diagnoses/pasv-private-address', 'diagnoses/nat-hairpin'])(
    'is the same for every log in %s',
    (folder) => {
      for (const name of readdirSync(`fixtures/${folder}`)) {
        // Twice the log: the second time every kind of routine session is known.
        const bytes = readFileSync(`fixtures/${folder}/${name}`);
        const twice = Buffer.concat([bytes, bytes]);
        expect(tableOf(twice, true), name).toBe(tableOf(twice, false));
      }
    },
  );
});
