import { startsWith } from '../bytes/ascii.ts';
import { IsoStampReader } from '../bytes/stamp.ts';
import { bytesOf, textOf } from '../bytes/text.ts';
import { type EventCursor, Failure, Kind, NO_DAY, NO_TIME, Note } from '../event.ts';
import { isDataSetupVerb, isTransferVerb, Verb } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import { emitCommand, trimmedEnd } from './control-lines.ts';
import type { Format, Scanner, ScannerClock } from './format.ts';
import { ClientConnection } from './mixed-connections.ts';
import { passivePortIn } from './passive-port.ts';
import { emitBare, emitConnected, emitRemark, findRemark, type Remark, type RemarkRule } from './remarks.ts';
import { isoClock, NO_CLOCK } from './server-clock.ts';

type What = Note | 'connecting' | 'connected' | 'tls' | 'timeout' | 'disconnected' | 'aborted' | 'nothing';

/** A host, with or without a port. IPv6 addresses stand in full and without brackets, so the port is behind the eighth group. */
const TARGET = String.raw`(?<host>(?:[0-9A-Fa-f]{4}:){7}[0-9A-Fa-f]{4}|[^\s:]+?)(?::(?<port>\d{1,5}))?`;

/** Behind `. `. */
const INFORMATION: readonly RemarkRule<What>[] = [
  [new RegExp(`^Connecting to ${TARGET} ?\\.\\.\\.$`, 'd'), 'connecting'],
  [/^Connecting through /, Note.Other],
  [new RegExp(`^Connected with ${TARGET}[.,] (?:[Ww]aiting|negotiating)`, 'd'), 'connected'],
  [/^Connection failed|^Can't (?:connect|establish)/, Note.ConnectFailed],
  [/^(?:TLS|SSL|TLS\/SSL) connection established/, 'tls'],
  [/^Using (?<text>TLSv?[\d.]+|SSLv\d)\b/d, Note.TlsVersion],
  [/^Session ID reused|^Data connection.*(?:session|reus)/i, Note.TlsResumed],
  [/^Verifying certificate for .* and (?<text>\d+ failures?)/d, Note.CertificateVerify],
  [/^(?:Server asks for|Peer certificate)/, Note.Other],
  [/^Server sent passive reply with unroutable address/, Note.DataAddressReplaced],
  [/^Data connection opened/, Note.DataConnected],
  [/^Data connection closed/, Note.DataClosed],
  [/^Timeout detected\. \((?<connection>\w+) connection\)/, 'timeout'],
  [/^(?:Download|Upload) successful/, Note.TransferDone],
  [/^Transfer done: .* \[(?<value>\d+)\]$/d, Note.TransferDone],
  [/^(?:Download|Upload|File transfer|Transfer) (?:aborted|failed|interrupted)/, 'aborted'],
  [/^Starting (?:download|upload) of (?<text>.+)$/d, Note.TransferStarted],
  [/^Can't (?:open|create) data connection|^Could not (?:open|establish) data connection/i, Note.DataFailed],
  [/^Could not retrieve directory listing|^Copying files? (?:from|to) remote side failed/, Note.ClientError],
  [
    /^(?:Disconnected from server|Connection closed|Connection lost|Lost connection|Disconnect:|Session closed)/,
    'disconnected',
  ],
];
const HEADER: readonly RemarkRule<What>[] = [
  [/^(?<text>(?:WinSCP|NetBox) Version [\d.]+)/d, Note.Program],
  [/^(?:WinSCP|NetBox) (?:Version )?[\d.]+|^-{20,}$/, 'nothing'],
];
/** Marks, with the stamp and the session's name in brackets: `< 2015-11-18 18:56:26.236 [Background 1] `. */
const LINE =
  /^(?<mark>[<>.!*]) (?<stamp>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})? )?(?:\[(?<session>(?:Background|Session|Secondary)[^\]]{0,80})\] )?/d;
const ZONE = /^Time zone: Current: (?:GMT|UTC)([+-]\d{1,2})(?::?(\d\d))?/;

/**
 * WinSCP's session log of an FTP session (4.x to 6.x; also NetBox, which is WinSCP inside Far): marks for the direction, a stamp
 * in milliseconds, texts. Background transfers name their session.
 *
 * `< 2015-11-18 18:56:26.236 230 Login successful.`
 */
export const winscp: Format = {
  id: 'winscp',
  title: 'WinSCP session log',
  vantage: 'client',
  keyed: false,
  samples: [
    [
      '. 2026-11-18 18:56:25.001 WinSCP Version 6.3.5 (Build 14991) (OS 10.0.22631)',
      '. 2026-11-18 18:56:25.440 Connecting to 192.0.2.10 ...',
      '. 2026-11-18 18:56:25.595 Connected with 192.0.2.10. Waiting for welcome message...',
      '< 2026-11-18 18:56:25.700 220 (vsFTPd 3.0.3)',
      '> 2026-11-18 18:56:25.701 USER anna',
      '< 2026-11-18 18:56:25.802 331 Please specify the password.',
      '> 2026-11-18 18:56:25.803 PASS ******',
      '< 2026-11-18 18:56:26.236 230 Login successful.',
      '> 2026-11-18 18:56:26.240 PASV',
      '< 2026-11-18 18:56:26.300 227 Entering Passive Mode (192,0,2,10,7,145).',
      '> 2026-11-18 18:56:26.301 MLSD',
      '. 2026-11-18 18:56:26.302 Connecting to 192.0.2.10:1937 ...',
      '< 2026-11-18 18:56:26.420 150 Here comes the directory listing.',
      '. 2026-11-18 18:56:41.421 Timeout detected. (data connection)',
    ].join('\n'),
  ],
  lineStarts: /(?<=^|\s)[<>.!*] \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} /,
  createScanner: () => new WinScpScanner(),
};

class WinScpScanner implements Scanner {
  private readonly stamps = new IsoStampReader();
  /** Sessions by name; the main one has none. */
  private readonly sessions = new Map<string, ClientConnection>();
  private hasStamps = false;
  /** Whether the header or a stamp was read; without them the marks are anyone's. */
  private sure = false;
  private zone: string | null = null;

  get clock(): ScannerClock {
    return this.hasStamps ? isoClock(1, this.zone) : { ...NO_CLOCK, zone: this.zone };
  }

  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    end = trimmedEnd(bytes, start, end);
    if (start === end) return this.sure;
    let text = textOf(bytes, start, Math.min(end, start + limits.textBytes));
    let match = LINE.exec(text);
    // `> < 331 Password required`: a reply that was quoted once more.
    if (match !== null && match[0].length === 2 && match[0] === '> ' && /^[<>.] /.test(text.substring(2))) {
      start += 2;
      text = text.substring(2);
      match = LINE.exec(text);
    }
    if (match === null) return false;
    out.day = NO_DAY;
    out.ms = NO_TIME;
    const stamp = match.indices?.groups?.['stamp'];
    const textStart = start + match[0].length;
    const body = text.substring(match[0].length);
    if (stamp !== undefined && this.stamps.read(bytes, start + stamp[0], end) > 0) this.takeStamp(out);
    if (!this.sure && !this.beginsWith(match.groups!['mark']!, body)) return false;
    const session = this.sessionOf(match.groups!['session'] ?? '');
    out.key = session.key;
    this.read(match.groups!['mark']!, body, session, textStart, end, out);
    return true;
  }

  private takeStamp(out: EventCursor): void {
    out.day = this.stamps.day;
    out.ms = this.stamps.ms;
    this.hasStamps = true;
    this.sure = true;
  }

  private beginsWith(mark: string, body: string): boolean {
    if (mark !== '.' || findRemark(HEADER, body) === null) return false;
    this.sure = !body.startsWith('-');
    return true;
  }

  private sessionOf(name: string): ClientConnection {
    const known = this.sessions.get(name);
    if (known !== undefined) return known;
    const session = new ClientConnection(this.sessions.size);
    if (this.sessions.size < limits.openSessions) this.sessions.set(name, session);
    return session;
  }

  private read(
    mark: string,
    body: string,
    session: ClientConnection,
    start: number,
    end: number,
    out: EventCursor,
  ): void {
    if (mark === '>') session.send(emitCommand(out, start, end));
    else if (mark === '<') this.readReply(session, start, end, out);
    else if (mark === '*') this.readException(start, end, out);
    else if (mark === '.') this.readInformation(body, session, start, end, out);
  }

  private readReply(session: ClientConnection, start: number, end: number, out: EventCursor): void {
    const code = session.replies.emit(out, start, end);
    if (code === 0) return;
    session.answer(code);
    if (code === 227 || code === 229) session.passivePort = passivePortIn(textOf(out.bytes, start, end));
  }

  private readException(start: number, end: number, out: EventCursor): void {
    out.clear(Kind.Note);
    out.note = Note.ClientError;
    out.textStart = start;
    out.textEnd = end;
    out.emit();
  }

  private readInformation(body: string, session: ClientConnection, start: number, end: number, out: EventCursor): void {
    const zone = ZONE.exec(body);
    if (zone !== null) {
      const hours = Number(zone[1]);
      const sign = hours < 0 || zone[1]!.startsWith('-') ? '-' : '+';
      this.zone = `${sign}${String(Math.abs(hours)).padStart(2, '0')}:${zone[2] ?? '00'}`;
      return;
    }
    const remark = findRemark(INFORMATION, body) ?? findRemark(HEADER, body);
    if (remark !== null) this.readRemark(remark, body, session, start, end, out);
  }

  private readRemark(
    remark: Remark<What>,
    body: string,
    session: ClientConnection,
    start: number,
    end: number,
    out: EventCursor,
  ): void {
    const { what } = remark;
    const transfers = session.isInTransfer || isDataSetupVerb(session.answeredVerb) || session.lastVerb === Verb.REST;
    switch (what) {
      case 'nothing':
        return;
      case 'connecting': {
        const port = Number(remark.match.groups!['port'] ?? 0);
        emitRemark(
          out,
          port !== 0 && transfers && port === session.passivePort ? Note.DataAttempt : Note.ConnectAttempt,
          remark,
          start,
          end,
        );
        return;
      }
      case 'connected':
        emitConnected(out, remark, start, end);
        if (body.includes('negotiating')) emitBare(out, Kind.Note, Note.TlsHandshake);
        return;
      case 'tls':
        session.tls = 'standing';
        emitRemark(out, transfers ? Note.DataTlsConnected : Note.TlsConnected, remark, start, end);
        return;
      case 'timeout':
        if (remark.match.groups!['connection'] === 'data' && !session.transferring)
          emitRemark(out, Note.DataFailed, { ...remark, failure: Failure.Timeout }, start, end);
        emitRemark(out, Note.ClientTimeout, remark, start, end);
        return;
      case 'aborted':
        if (session.isInTransfer || isTransferVerb(session.answeredVerb))
          emitRemark(out, Note.TransferFailed, remark, start, end);
        return;
      case 'disconnected':
        if (!startsWith(bytesOf(body), 0, body.length, 'Disconnect'))
          emitRemark(out, Note.ConnectionLost, remark, start, end);
        emitBare(out, Kind.Disconnected);
        return;
      default:
        emitRemark(out, what, remark, start, end);
        if (what === Note.TlsVersion) this.emitCipher(body, start, end, out);
    }
  }

  /** `Using TLSv1.2, cipher TLSv1/SSLv3: ECDHE-RSA-AES256-GCM-SHA384, 2048 bit RSA`. */
  private emitCipher(body: string, start: number, end: number, out: EventCursor): void {
    const cipher = findRemark<Note>([[/cipher (?:[^:,]*: )?(?<text>[\w-]+)/d, Note.TlsCipher]], body);
    if (cipher !== null) emitRemark(out, Note.TlsCipher, cipher, start, end);
  }
}
