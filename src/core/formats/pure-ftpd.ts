import { CR, SPACE } from '../bytes/ascii.ts';
import type { EventCursor } from '../event.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';
import { PureFtpdSyslog } from './pure-ftpd-syslog.ts';
import { PureFtpdTransfers } from './pure-ftpd-transfers.ts';

/** Pure-FTPd's syslog lines and its transfer logs. Which of them a file holds, its name does not reliably tell (1.0.50). */
class PureFtpdScanner implements Scanner {
  private readonly syslog = new PureFtpdSyslog();
  private readonly transfers = new PureFtpdTransfers();

  get clock(): ScannerClock {
    return this.transfers.clock.date === 'none' ? this.syslog.clock : this.transfers.clock;
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    while (end > start && (bytes[end - 1] === CR || bytes[end - 1] === SPACE)) end--;
    return this.syslog.scan(bytes, start, end, out) || this.transfers.scan(bytes, start, end, out);
  }
}

/** Pure-FTPd: `Nov 22 05:12:56 host pure-ftpd: (anna@192.0.2.7) [INFO] Logout.` */
export const pureFtpd: Format = {
  id: 'pure-ftpd',
  title: 'Pure-FTPd (syslog, -O clf, -O stats, -O w3c)',
  vantage: 'server',
  keyed: false,
  samples: [
    [
      'Nov 22 05:12:56 host pure-ftpd: (?@192.0.2.7) [INFO] New connection from 192.0.2.7',
      'Nov 22 05:12:56 host pure-ftpd: (?@192.0.2.7) [INFO] anna is now logged in',
      'Nov 22 05:12:57 host pure-ftpd: (anna@192.0.2.7) [NOTICE] /srv//big.bin downloaded  (49152 bytes, 13355.00KB/sec)',
      'Nov 22 05:12:57 host pure-ftpd: (anna@192.0.2.7) [INFO] Logout.',
    ].join('\n'),
    [
      '192.0.2.7 - anna [22/Nov/2026:05:15:09 -0000] "GET /srv/big.bin" 200 5914595',
      '192.0.2.7 - anna [22/Nov/2026:05:15:12 -0000] "PUT /srv/new.bin" 200 1572864',
    ].join('\n'),
    [
      '1795324517 6b027a62.2dfe anna 192.0.2.7 D 6176737 2 /srv/big.bin',
      '1795324520 6b027a65.2e29 anna 2001:db8::7 U 12 0 /srv/with space.txt',
    ].join('\n'),
    [
      '#Software: Pure-FTPd 1.0.50',
      '#Version: 1.0',
      '#Date: 2026-11-22 05:15:00',
      '#Fields: date time c-ip cs-method cs-uri-stem sc-status cs-username sc-bytes',
      '2026-11-22 05:15:09 192.0.2.7 []sent /srv/big.bin 226 anna 5914595',
      '2026-11-22 05:15:12 192.0.2.7 []created /srv/new.bin 226 anna 1572864',
    ].join('\n'),
  ],
  lineStarts:
    /[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?:\S{1,255} )?pure-ftpd(?:\[\d+\])?: \(|(?<!\S)[\w.:%-]{1,255} - \S{1,64} \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "(?:GET|PUT) |(?<!\S)\d{10} [\da-f]{1,16}\.[\da-f]{1,16} /,
  createScanner: () => new PureFtpdScanner(),
};
