import { describe, expect, it } from 'vitest';
import type { ExportOptions, Write } from '../../src/exporters/exporter.ts';
import { Ladder } from '../../src/exporters/ladder.ts';
import { exported, makeFinding, makeSession } from './made.ts';

const ladder = (wanted: string | null) => ({
  create: (write: Write, options: ExportOptions) => new Ladder(write, options, wanted),
});

describe('the ladder', () => {
  it('has commands left, replies right, remarks and findings at their lines', () => {
    expect(exported(ladder('s0-1'), { width: 80 })).toBe(`\
Session s0-1: anna from 192.0.2.7, 2026-01-31 22:33:35, for 58 s (lines 1-9)
The download was aborted.

line   client                         server
   1   USER anna                   ─>
   2                               <─ 331 Password required for anna
   4                                  SSL connection established
   5   EPSV                        ─>
   6                               <─ 229 Entering Extended Passive Mode
                                      (|||8007|)
       │ data connection: EPSV answered 229, port 8007; IPv4 as the control
       │ connection, by RFC 2428 section 3; TLS
   7 ! RETR file.iso               ─>
   8                               <─ 150 Connection accepted
   9 !                             <─ 426 Connection closed; transfer aborted.
       │ download: ✗ file.iso aborted after 58 s, 77.2 MB announced: 426
       │ Connection closed; transfer aborted.
       │ warning transfer-426-undetermined: The download of "file.iso" broke off
       │ after 58 s.
`);
  });

  it('shows only the session that is wanted', () => {
    const sessions = [
      [makeSession(), [makeFinding()]],
      [makeSession({ id: 's0-7', user: 'bob' }), []],
    ] as const;
    expect(exported(ladder('s0-7'), {}, sessions)).toMatch(/^Session s0-7: bob/);
    expect(exported(ladder('s9-9'), {}, sessions)).toBe('');
    expect(exported(ladder(null), {}, sessions)).toBe('');
  });
});
