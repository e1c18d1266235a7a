import { AT } from '../bytes/ascii.ts';
import { bytesOf, textOf } from '../bytes/text.ts';
import { EventCursor, type Failure, Kind, NO_KEY, Note } from '../event.ts';
import { blotUrls } from './credentials.ts';
import type { CurlConnection, Target } from './curl-connection.ts';
import { indexOfByte, indexOfSpan } from './spans.ts';

/** What a remark says beside its text. */
export interface Facts {
  readonly address?: string | null;
  readonly port?: number;
  readonly value?: number;
  readonly failure?: Failure;
  /** The part of the remark that is the fact, as offsets from its start; the whole remark by default. */
  readonly text?: readonly [number, number];
}

const NOWHERE = new EventCursor({ accept: () => {} });

/** Emits what a remark means, with the remark as its text. */
export class CurlEvents {
  out = NOWHERE;
  /** Where the remark begins and ends. */
  start = 0;
  end = 0;

  /** Turns to the remark at `bytes[start, end)` of `out`. */
  turnTo(out: EventCursor, start: number, end: number): void {
    this.out = out;
    this.start = start;
    this.end = end;
  }

  /** Emits a note about the connection; null for none. */
  say(connection: CurlConnection | null, note: Note, facts: Facts = {}): void {
    const { out } = this;
    this.clear(Kind.Note, connection);
    out.note = note;
    if (facts.value !== undefined) out.value = facts.value;
    if (facts.failure !== undefined) out.failure = facts.failure;
    this.emit(facts);
  }

  /** Emits that the control connection stands. */
  sayConnected(connection: CurlConnection, target: Target): void {
    this.clear(Kind.Connected, connection);
    this.emit(target);
  }

  /** Emits that the control connection is closed. */
  sayDisconnected(connection: CurlConnection): void {
    this.clear(Kind.Disconnected, connection);
    this.emit({});
  }

  /** Emits the command line that made the transcript; it stood on `line`. */
  sayCommandLine(connection: CurlConnection, text: string, line: number): void {
    const { out } = this;
    const { bytes, line: here } = out;
    this.clear(Kind.Note, connection);
    out.note = Note.CommandLine;
    out.bytes = bytesOf(text);
    out.textEnd = out.bytes.length;
    out.line = line;
    out.emit();
    out.bytes = bytes;
    out.line = here;
  }

  private clear(kind: Kind, connection: CurlConnection | null): void {
    this.out.clear(kind);
    this.out.key = connection?.key ?? NO_KEY;
  }

  /** Emits the event with the remark's text and an address, which may stem from an earlier line. */
  private emit(facts: Facts): void {
    const { out, start } = this;
    const { bytes } = out;
    out.port = facts.port ?? 0;
    out.textStart = start + (facts.text?.[0] ?? 0);
    out.textEnd = facts.text === undefined ? this.end : start + facts.text[1];
    if (hasCredentials(bytes, out.textStart, out.textEnd)) {
      out.bytes = bytesOf(blotUrls(textOf(bytes, out.textStart, out.textEnd)));
      out.textStart = 0;
      out.textEnd = out.bytes.length;
    }
    if (facts.address) {
      const address = bytesOf(facts.address);
      const length = out.textEnd - out.textStart;
      const joined = new Uint8Array(length + address.length);
      joined.set(out.bytes.subarray(out.textStart, out.textEnd));
      joined.set(address, length);
      out.bytes = joined;
      out.textStart = 0;
      out.textEnd = out.addressStart = length;
      out.addressEnd = joined.length;
    }
    out.emit();
    out.bytes = bytes;
  }
}

/** Whether there may be a URL with a user's name and password. */
function hasCredentials(bytes: Uint8Array, start: number, end: number): boolean {
  const scheme = indexOfSpan(bytes, start, end, '://');
  return scheme >= 0 && indexOfByte(bytes, scheme, end, AT) >= 0;
}
