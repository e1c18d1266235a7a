const BYTES = 64 * 1024;
/** The most bytes that a UTF-16 unit takes in UTF-8. */
const BYTES_OF_UNIT = 3;

/**
 * Gathers texts as UTF-8 until they are worth a write. Each is encoded by itself: joined as one string first, a single letter
 * beyond Latin-1 would make all of it wide.
 */
export class Utf8Buffer {
  private readonly send: (bytes: Uint8Array) => void;
  private readonly isTakenAtOnce: boolean;
  private bytes: Buffer | null = null;
  private used = 0;

  /** `isTakenAtOnce`: whether `send` is done with the bytes when it returns; else it has them for good. */
  constructor(send: (bytes: Uint8Array) => void, isTakenAtOnce: boolean) {
    this.send = send;
    this.isTakenAtOnce = isTakenAtOnce;
  }

  write(text: string): void {
    const most = text.length * BYTES_OF_UNIT;
    if (this.used + most > BYTES) this.flush();
    if (most > BYTES) {
      this.send(Buffer.from(text));
      return;
    }
    this.bytes ??= Buffer.allocUnsafeSlow(BYTES);
    this.used += this.bytes.write(text, this.used);
  }

  flush(): void {
    if (this.bytes === null || this.used === 0) return;
    const bytes = this.bytes.subarray(0, this.used);
    this.discard();
    this.send(bytes);
  }

  /** Forgets what is gathered. */
  discard(): void {
    if (!this.isTakenAtOnce) this.bytes = null;
    this.used = 0;
  }
}
