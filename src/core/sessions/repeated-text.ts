import type { EventLog } from './event-log.ts';
import type { LoggedReply } from './exchanges.ts';

/** Decodes a reply that is the same in most sessions, such as the greeting: only when its bytes differ from the last one's. */
export class RepeatedText {
  private bytes = new Uint8Array(0);
  private parts = 0;
  private text: string | null = null;

  read(log: EventLog, reply: LoggedReply): string {
    const start = log.textStart(reply.order);
    const end = log.textEnd(reply.last);
    const parts = reply.last - reply.order;
    if (this.text === null || parts !== this.parts || !this.isSame(log.bytes, start, end)) {
      this.bytes = Uint8Array.from(log.bytes.subarray(start, end));
      this.parts = parts;
      this.text = reply.text;
    }
    return this.text;
  }

  private isSame(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start !== this.bytes.length) return false;
    for (let i = start; i < end; i++) if (bytes[i] !== this.bytes[i - start]) return false;
    return true;
  }
}
