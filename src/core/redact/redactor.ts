import { LF } from '../bytes/ascii.ts';
import { byteStringOf, bytesOfString } from '../bytes/byte-string.ts';
import { bytesOf, textOf } from '../bytes/text.ts';
import { limits } from '../limits.ts';
import type { Repair, Session } from '../report.ts';
import { Claims } from './claims.ts';
import { claimPatterns } from './patterns.ts';
import { claimCommand, claimPlaces, learnPlaces } from './places.ts';
import { type Keepable, type KeyedHash, Pseudonyms } from './pseudonyms.ts';
import { claimSecrets } from './secrets.ts';
import { Tokens } from './tokens.ts';
import { TraceDump } from './trace-dump.ts';
import { redactWrapped } from './wrapped.ts';

/** What redaction is told. */
export interface RedactOptions {
  /** Keyed by a secret of the user's, or by random bytes of this run. */
  readonly hash: KeyedHash;
  readonly keep?: readonly Keepable[];
  /** The key is the user's: the same name gets the same pseudonym whatever came before it. */
  readonly isKeyed?: boolean;
}

/**
 * Replaces in transcripts what tells people, machines and files apart, so that they can be shared: by pseudonyms that are the
 * same wherever the same name stands. First it learns what the analysis finds ({@link learn}), then it rewrites the bytes,
 * line by line and of any length.
 */
export class Redactor {
  readonly pseudonyms: Pseudonyms;
  readonly tokens: Tokens;

  constructor({ hash, keep, isKeyed }: RedactOptions) {
    this.pseudonyms = new Pseudonyms(hash, keep, isKeyed);
    this.tokens = new Tokens(this.pseudonyms);
  }

  /** Learns what a session names. */
  learn(session: Session): void {
    this.tokens.learn(session);
  }

  /** Begins to rewrite one transcript, which the analysis read after these repairs. */
  begin(write: (bytes: Uint8Array) => void, repairs: readonly Repair[]): TranscriptRedactor {
    const redact = (line: string) => this.line(line, repairs.length === 0);
    return new TranscriptRedactor(redact, write, repairs.includes('wrapped-lines'));
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
    claimPlaces(claims, this.pseudonyms);
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
  private readonly redact: (line: string) => string;
  private readonly dump: TraceDump;
  /** The whole text, where lines that belong together have to be found first; such texts are small. */
  private held: string[] | null;
  private carried: Uint8Array[] = [];
  private carriedBytes = 0;

  constructor(redact: (line: string) => string, write: (bytes: Uint8Array) => void, isWrapped: boolean) {
    this.write = write;
    this.redact = redact;
    this.held = isWrapped ? [] : null;
    this.dump = new TraceDump(redact);
  }

  /** Takes the next bytes; the chunk may be reused afterwards. */
  push(chunk: Uint8Array): void {
    if (this.held !== null) {
      this.held.push(byteStringOf(chunk));
      return;
    }
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
    if (this.held !== null) this.write(bytesOfString(redactWrapped(this.held.join(''), this.redact)));
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
