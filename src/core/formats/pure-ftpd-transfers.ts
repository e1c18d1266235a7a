import {
  BRACKET_CLOSE,
  BRACKET_OPEN,
  DOT,
  isDigit,
  MINUS,
  numberAt,
  QUOTE,
  SPACE,
  startsWith,
} from '../bytes/ascii.ts';
import { Direction, type EventCursor } from '../event.ts';
import type { ScannerClock } from './format.ts';
import { isHostSpan } from './host-span.ts';
import { NamedSessions } from './named-sessions.ts';
import { isoClock, NAMED_MONTH_CLOCK, NO_CLOCK } from './server-clock.ts';
import { emitSessionOver } from './session-over.ts';
import { endsWith, Fields, indexOfByte, indexOfSpan, lastIndexOfByte, spanHash } from './spans.ts';
import { blankTransfer, emitTransfer, type LoggedTransfer, TransferRuns } from './transfer-runs.ts';
import { UnixStampReader, zoneText } from './unix-stamp.ts';
import { W3cFields } from './w3c-fields.ts';

const DAY_SECONDS = 86_400;
const LETTER_D = 68;
const LETTER_U = 85;
const CLF_DATE_BYTES = 26;
const STATS_OPEN_MAX = 4096;

/** Beyond the keys of Pure-FTPd's syslog lines. */
const TRANSFERS_FIRST_KEY = 1 << 24;

/**
 * The transfer logs of Pure-FTPd (`-O clf:`, `-O stats:`, `-O w3c:`). All of them list a download that was cut off like a
 * complete one.
 */
export class PureFtpdTransfers {
  clock: ScannerClock = NO_CLOCK;

  private readonly stamp = new UnixStampReader();
  private readonly fields = new Fields();
  private readonly w3c = new W3cFields();
  private readonly runs = new TransferRuns(TRANSFERS_FIRST_KEY);
  private readonly named = new NamedSessions<number>();
  private nextKey = 2 * TRANSFERS_FIRST_KEY;
  private readonly transfer: LoggedTransfer = blankTransfer();

  /** Reads a line; false if it is none of these logs. */
  scan(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    return (
      this.scanClf(bytes, start, end, out) ||
      this.scanStats(bytes, start, end, out) ||
      this.scanW3c(bytes, start, end, out)
    );
  }

  /** `192.0.2.7 - anna [22/Nov/2026:05:15:09 -0000] "GET /big.bin" 200 5914595`. */
  private scanClf(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    const open = indexOfByte(bytes, start, end, BRACKET_OPEN);
    if (open < 0 || this.stamp.readClf(bytes, open + 1, end) !== open + 1 + CLF_DATE_BYTES) return false;
    const command = open + CLF_DATE_BYTES + 3;
    if (!startsWith(bytes, command - 2, end, '] "')) return false;
    const upload = startsWith(bytes, command + 1, end, 'PUT ');
    if (!upload && !startsWith(bytes, command + 1, end, 'GET ')) return false;
    const close = lastIndexOfByte(bytes, command + 5, end, QUOTE);
    if (indexOfByte(bytes, command, close, BRACKET_OPEN) >= 0 && indexOfSpan(bytes, command, close, '] "') >= 0)
      return false;
    if (close < 0 || isHttp(bytes, command, close) || !startsWith(bytes, close, end, '" 200 ')) return false;
    const peerEnd = indexOfByte(bytes, start, open, SPACE);
    if (peerEnd < 0 || !startsWith(bytes, peerEnd, open, ' - ') || !isHostSpan(bytes, start, peerEnd, false))
      return false;
    const { transfer } = this;
    transfer.peerStart = start;
    transfer.peerEnd = peerEnd;
    transfer.userStart = peerEnd + 3;
    transfer.userEnd = open - 1;
    transfer.pathStart = command + 5;
    transfer.pathEnd = close;
    transfer.direction = upload ? Direction.Upload : Direction.Download;
    transfer.sizeBytes = sizeAt(bytes, close + 6, end);
    transfer.durationMs = Number.NaN;
    this.clock = { ...NAMED_MONTH_CLOCK, zone: zoneText(this.stamp.zoneMinutes) };
    out.day = this.stamp.day;
    out.ms = this.stamp.ms;
    this.emitRun(bytes, out);
    return true;
  }

  /** `1795324517 6b027a62.2dfe anna 192.0.2.7 D 6176737 2 /big.bin`: epoch, session, user, peer, way, bytes, seconds, path. */
  private scanStats(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    if (end - start < 24 || !isDigit(bytes[start]!) || bytes[start + 10] !== SPACE) return false;
    const { fields, transfer } = this;
    fields.split(bytes, start, end);
    const { starts, ends, count } = fields;
    if (count < 8 || indexOfByte(bytes, starts[1]!, ends[1]!, DOT) < 0) return false;
    const way = bytes[starts[4]!];
    if (ends[4]! - starts[4]! !== 1 || (way !== LETTER_D && way !== LETTER_U)) return false;
    const epoch = numberAt(bytes, start, ends[0]!);
    const seconds = numberAt(bytes, starts[6]!, ends[6]!);
    if (epoch < 0 || seconds < 0 || !isDigit(bytes[starts[5]!]!) || this.holdsStats(bytes)) return false;
    transfer.userStart = starts[2]!;
    transfer.userEnd = ends[2]!;
    transfer.peerStart = starts[3]!;
    transfer.peerEnd = ends[3]!;
    transfer.direction = way === LETTER_U ? Direction.Upload : Direction.Download;
    transfer.sizeBytes = sizeAt(bytes, starts[5]!, end);
    transfer.durationMs = seconds * 1000;
    transfer.pathStart = starts[7]!;
    transfer.pathEnd = end;
    out.day = Math.floor(epoch / DAY_SECONDS);
    out.ms = (epoch % DAY_SECONDS) * 1000;
    if (this.clock.zone !== 'Z') this.clock = { ...NAMED_MONTH_CLOCK, zone: 'Z' };
    this.takeStatsSession(bytes, starts[1]!, ends[1]!, out);
    emitTransfer(out, transfer);
    return true;
  }

  /** Whether the beginning of another line stands in the path: then its line break was lost. */
  private holdsStats(bytes: Uint8Array): boolean {
    const { starts, ends, count } = this.fields;
    for (let i = 8; i + 4 < count; i++)
      if (ends[i]! - starts[i]! === 10 && numberAt(bytes, starts[i]!, ends[i]!) > 1e9)
        if (ends[i + 4]! - starts[i + 4]! === 1 && indexOfByte(bytes, starts[i + 1]!, ends[i + 1]!, DOT) >= 0)
          return true;
    return false;
  }

  private takeStatsSession(bytes: Uint8Array, start: number, end: number, out: EventCursor): void {
    let key = this.named.get(bytes, start, end);
    if (key === undefined) {
      key = this.nextKey++;
      this.named.set(bytes, start, end, key);
      // No line tells of an end: a session is over when so many others have begun since.
      if (key - STATS_OPEN_MAX >= 2 * TRANSFERS_FIRST_KEY) emitSessionOver(out, key - STATS_OPEN_MAX);
    }
    out.key = key;
  }

  /** Lines below `#Software: Pure-FTPd`: method `[]sent` or `[]created`. */
  private scanW3c(bytes: Uint8Array, start: number, end: number, out: EventCursor): boolean {
    const { w3c, transfer } = this;
    if (w3c.readDirective(bytes, start, end)) return startsWithPureFtpd(w3c.software);
    if (!startsWithPureFtpd(w3c.software) || !w3c.known || !w3c.cut(bytes, start, end)) return false;
    const method = w3c.startOf('cs-method');
    const word = indexOfByte(bytes, method, w3c.endOf('cs-method', bytes), BRACKET_CLOSE) + 1;
    const sent = startsWith(bytes, word, end, 'sent');
    if (word === 0 || (!sent && !startsWith(bytes, word, end, 'created'))) return word > 0;
    transfer.peerStart = w3c.startOf('c-ip');
    transfer.peerEnd = w3c.endOf('c-ip', bytes);
    transfer.userStart = w3c.startOf('cs-username');
    transfer.userEnd = w3c.endOf('cs-username', bytes);
    transfer.pathStart = w3c.startOf('cs-uri-stem');
    transfer.pathEnd = w3c.endOf('cs-uri-stem', bytes);
    transfer.direction = sent ? Direction.Download : Direction.Upload;
    transfer.sizeBytes = w3c.has('sc-bytes') ? sizeAt(bytes, w3c.startOf('sc-bytes'), end) : Number.NaN;
    transfer.durationMs = Number.NaN;
    if (this.clock.zone !== 'Z') this.clock = isoClock(1000, 'Z');
    out.day = w3c.day;
    out.ms = w3c.ms;
    this.emitRun(bytes, out);
    return true;
  }

  private emitRun(bytes: Uint8Array, out: EventCursor): void {
    const { transfer } = this;
    const peer = spanHash(bytes, transfer.peerStart, transfer.peerEnd);
    this.runs.take(out, peer, spanHash(bytes, transfer.userStart, transfer.userEnd), 0);
    emitTransfer(out, transfer);
  }
}

function sizeAt(bytes: Uint8Array, start: number, end: number): number {
  const size = bytes[start] === MINUS ? -1 : numberAt(bytes, start, end);
  return size < 0 ? Number.NaN : size;
}

/** Whether a web server wrote the request: `GET / HTTP/1.1`. */
function isHttp(bytes: Uint8Array, start: number, end: number): boolean {
  return endsWith(bytes, start, end - 4, ' HTTP') || indexOfSpan(bytes, Math.max(start, end - 9), end, ' HTTP/') >= 0;
}

function startsWithPureFtpd(software: string): boolean {
  return software.startsWith('Pure-FTPd');
}
