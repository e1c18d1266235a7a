import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/core/analysis.ts';
import { bytesOf } from '../../src/core/bytes/text.ts';
import { exporters } from '../../src/exporters/index.ts';
import { RedactedSink } from '../../src/exporters/redacted.ts';
import { makeRedactor } from '../core/redact/redacted.ts';
import { makeOptions } from './made.ts';

/** As much of the page as its exporter asks for. */
const PAGE = '<!doctype html><script type="application/json" id="report"></script>';

const LOG = `(000001) 12/11/2012 22:33:35 - (not logged in) (8.8.4.4)> Connected on port 21, sending welcome message...
(000001) 12/11/2012 22:33:35 - (not logged in) (8.8.4.4)> USER janeroe
(000001) 12/11/2012 22:33:35 - (not logged in) (8.8.4.4)> 331 Password required for janeroe
(000001) 12/11/2012 22:33:36 - (not logged in) (8.8.4.4)> PASS ****
(000001) 12/11/2012 22:33:36 - janeroe (8.8.4.4)> 230 Logged on
(000001) 12/11/2012 22:33:36 - janeroe (8.8.4.4)> PASV
(000001) 12/11/2012 22:33:36 - janeroe (8.8.4.4)> 227 Entering Passive Mode (9,9,9,7,195,80)
(000001) 12/11/2012 22:33:36 - janeroe (8.8.4.4)> RETR /private/acme.csv
(000001) 12/11/2012 22:33:37 - janeroe (8.8.4.4)> 150 Opening data channel for file transfer.
(000001) 12/11/2012 22:33:47 - janeroe (8.8.4.4)> 426 Connection closed; transfer aborted.
(000001) 12/11/2012 22:33:48 - janeroe (8.8.4.4)> disconnected.
`;

describe('redacted reports', () => {
  it.each(exporters.filter(({ holds }) => holds !== 'table'))('in $id name nobody', async (exporter) => {
    await exporter.prepare?.();
    let written = '';
    const inner = exporter.create(
      (chunk) => {
        written += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1');
      },
      makeOptions({ page: () => PAGE }),
    );
    const sink = new RedactedSink(inner, makeRedactor());
    const analysis = new Analysis({}, sink);
    analysis.open({ path: '/home/janeroe/acme.log', sizeBytes: null, compression: null });
    analysis.push(bytesOf(LOG));
    analysis.close();
    analysis.end();
    await sink.finish();
    expect(written.length).toBeGreaterThan(100);
    expect(written).not.toMatch(/janeroe|acme|8\.8\.4\.4|9,9,9,7|9\.9\.9\.7/);
    if (exporter.id === 'json') expect(JSON.parse(written).sessions[0].transfers[0].finalCode).toBe(426);
  });
});
