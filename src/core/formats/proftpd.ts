import { CR, SPACE } from '../bytes/ascii.ts';
import type { EventCursor } from '../event.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';
import { ProftpdExtendedLog } from './proftpd-extended-log.ts';
import { ProftpdSystemLog } from './proftpd-system-log.ts';

/** ProFTPD's logs: SystemLog, TLSLog and ExtendedLog, also several in one text. */
class ProftpdScanner implements Scanner {
  private readonly system = new ProftpdSystemLog();
  private readonly extended = new ProftpdExtendedLog();

  get clock(): ScannerClock {
    return this.extended.clock.date === 'none' ? this.system.clock : this.extended.clock;
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    while (end > start && (bytes[end - 1] === CR || bytes[end - 1] === SPACE)) end--;
    return this.system.scan(bytes, start, end, out) || this.extended.scan(bytes, start, end, out);
  }
}

/** ProFTPD: `2026-11-22 05:10:52,418 host proftpd[22169] 192.0.2.1 (192.0.2.7[192.0.2.7]): FTP session opened.` */
export const proftpd: Format = {
  id: 'proftpd',
  title: 'ProFTPD (SystemLog, TLSLog, ExtendedLog)',
  vantage: 'server',
  keyed: false,
  samples: [
    [
      '2026-11-22 05:10:52,418 host proftpd[22169] 192.0.2.1 (192.0.2.7[192.0.2.7]): FTP session opened.',
      '2026-11-22 05:10:52,431 host proftpd[22169] 192.0.2.1 (192.0.2.7[192.0.2.7]): USER anna: Login successful.',
      '2026-11-22 05:10:54,025 host proftpd[22169] 192.0.2.1 (192.0.2.7[192.0.2.7]): Transfer aborted after 1294336 bytes in 1.52 seconds',
      '2026-11-22 05:10:54,026 host proftpd[22169] 192.0.2.1 (192.0.2.7[192.0.2.7]): FTP session closed.',
    ].join('\n'),
    [
      '192.0.2.7 UNKNOWN - [22/Nov/2026:05:10:52 +0000] "USER anna" 331 -',
      '192.0.2.7 UNKNOWN anna [22/Nov/2026:05:10:52 +0000] "PASS (hidden)" 230 -',
      '192.0.2.7 UNKNOWN anna [22/Nov/2026:05:10:55 +0000] "RETR big.bin" 426 4374528',
    ].join('\n'),
    [
      'Nov 22 05:10:52 host proftpd[22170]: 192.0.2.1 (client.example[192.0.2.7]) - FTP session opened.',
      'Nov 22 05:10:52 host proftpd[22170]: 192.0.2.1 (client.example[192.0.2.7]) - FTP session closed.',
    ].join('\n'),
  ],
  lineStarts:
    /(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) \S{1,255} proftpd\[\d+\]:? /,
  createScanner: () => new ProftpdScanner(),
};
