import { LF } from '../bytes/ascii.ts';
import { byteStringOf, bytesOfString } from '../bytes/byte-string.ts';
import { bytesOf, textOf } from '../bytes/text.ts';
import { limits } from '../limits.ts';
import type { Session } from '../report.ts';
import { Claims } from './claims.ts';
import { claimPatterns } from './patterns.ts';
import { claimCommand, learnPlaces } from './places.ts';
import { type Keepable, type KeyedHash, Pseudonyms } from './pseudonyms.ts';
import { claimSecrets } from './secrets.ts';
import { Tokens } from './tokens.ts';
import { TraceDump } from './trace-dump.ts';

/** What redaction is told. */
export interface RedactOptions {
  /** Keyed by a secret of the user's, or by random bytes of this run. */
  readonly hash: KeyedHash;
  readonly keep?: readonly Keepable[];
}

/**
 * Replaces in transcripts what tells people, machines and files apart, so that they can be shared: by pseudonyms that are the
 * same wherever the same name stands. First it learns what the analysis finds ({@link learn}), then it rewrites the bytes,
 * line by line and of any length.
 */
export class Redactor {
  readonly pseudonyms: Pseudonyms;
  readonly tokens: Tokens;

  constructor({ hash, keep }: RedactOptions) {
    this.pseudonyms = new Pseudonyms(hash, keep);
    this.tokens = new Tokens(this.pseudonyms);
  }

  /** Learns what a session names. */
  learn(session: Session): void {
    this.tokens.learn(session);
  }

  /** Begins to rewrite one transcript. `hasLineEnds`: its lines are as its program wrote them, none joined or wrapped. */
  begin(write: (bytes: Uint8Array) => void, hasLineEnds: boolean): TranscriptRedactor {
    return new TranscriptRedactor((line) => this.line(line, hasLineEnds), write);
  }

  /** A text as reports hold it. */
  text(text: string): string {
    return mapBytes(text, (bytes) =>
      bytes
        .split('\n')
        .map((line) => this.line(line, true))
        .join('\n'),
    );
  }

  /** A text that is one name as a whole. */
  name(what: 'user' | 'host' | 'path', text: string): string {
    return mapBytes(text, (bytes) => this.pseudonyms[what](bytes));
  }

  /** One line, whose characters are bytes. */
  private line(text: string, hasLineEnds: boolean): string {
    learnPlaces(text, this.tokens);
    const claims = new Claims(text);
    claimSecrets(claims);
    if (hasLineEnds) claimCommand(claims, this.pseudonyms);
    this.tokens.claim(claims);
    claimPatterns(claims, this.pseudonyms);
    return claims.apply();
  }
}

function mapBytes(text: string, replace: (bytes: string) => string): string {
  const redacted = bytesOfString(replace(byteStringOf(bytesOf(text))));
  return textOf(redacted, 0, redacted.length);
}

/** Rewrites the bytes of one transcript. */
export class TranscriptRedactor {
  /** Bytes of overlong lines that were left out. */
  droppedBytes = 0;

  private readonly write: (bytes: Uint8Array) => void;
  private readonly dump: TraceDump;
  private carried: Uint8Array[] = [];
  private carriedBytes = 0;

  constructor(redact: (line: string) => string, write: (bytes: Uint8Array) => void) {
    this.write = write;
    this.dump = new TraceDump(redact);
  }

  /** Takes the next bytes; the chunk may be reused afterwards. */
  push(chunk: Uint8Array): void {
    let result = '';
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      result += this.dump.push(this.take(chunk, start, end), '\n');
      start = end + 1;
    }
    this.keep(chunk, start, chunk.length);
    if (result !== '') this.write(bytesOfString(result));
  }

  end(): void {
    const last = this.carriedBytes > 0 ? this.dump.push(this.take(new Uint8Array(0), 0, 0), '') : '';
    const result = last + this.dump.end();
    if (result !== '') this.write(bytesOfString(result));
  }

  private take(chunk: Uint8Array, start: number, end: number): string {
    if (this.carriedBytes === 0 && end - start <= limits.lineBytes) return byteStringOf(chunk, start, end);
    this.keep(chunk, start, end);
    const text = this.carried.map((piece) => byteStringOf(piece)).join('');
    this.carried = [];
    this.carriedBytes = 0;
    return text;
  }

  private keep(chunk: Uint8Array, start: number, end: number): void {
    const length = Math.min(end - start, limits.lineBytes - this.carriedBytes);
    this.droppedBytes += end - start - length;
    if (length <= 0) return;
    this.carried.push(new Uint8Array(chunk.subarray(start, start + length)));
    this.carriedBytes += length;
  }
}
