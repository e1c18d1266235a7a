/** The head of a block of `curl --trace` and `--trace-ascii`. */
const HEAD = /^(.{0,64}?(?:=> Send|<= Recv) (header|data|SSL data), +)(\d{1,15}) bytes \(0x[0-9a-f]+\)(\s*)$/;
const DUMP = /^([0-9a-f]{4,8}): (.*)$/;
const HEX = /^((?:[0-9a-f]{2} ){1,16}) *(.*)$/;
const COLUMNS = 16;
/** Columns that a full line of hexadecimal digits takes. */
const HEX_WIDTH = 48;
/** Characters of a block that are held; commands and replies are shorter. */
const HELD_MAX = 256 * 1024;

interface Held {
  readonly text: string;
  readonly lineEnd: string;
}

/**
 * Redacts curl's traces, which show every byte twice: commands and replies are put together from their dump, redacted and
 * dumped again, with the length in the block's head; bytes of files are blotted out. Other lines are redacted one by one.
 */
export class TraceDump {
  private readonly redact: (line: string) => string;
  private head: RegExpExecArray | null = null;
  private headEnd = '';
  private lines: Held[] = [];
  private held = 0;

  constructor(redact: (line: string) => string) {
    this.redact = redact;
  }

  /** Takes a line without its end; returns what can be written. */
  push(text: string, lineEnd: string): string {
    const dump = this.head === null ? null : DUMP.exec(text);
    if (dump !== null && this.head![2] !== 'header') return blotOut(text) + lineEnd;
    if (dump !== null && this.held < HELD_MAX) {
      this.lines.push({ text, lineEnd });
      this.held += text.length;
      return '';
    }
    const before = this.end();
    this.head = text.length < 256 ? HEAD.exec(text) : null;
    if (this.head === null) return before + this.redact(text) + lineEnd;
    if (this.head[2] !== 'header') return before + text + lineEnd;
    this.headEnd = lineEnd;
    return before;
  }

  /** Returns the block that is held. */
  end(): string {
    const { head, lines } = this;
    if (head === null || head[2] !== 'header') return '';
    this.head = null;
    this.lines = [];
    this.held = 0;
    if (lines.length === 0) return head[0] + this.headEnd;
    const isHex = HEX.test(DUMP.exec(lines[0]!.text)![2]!) && Number(head[3]) > 1;
    return isHex ? this.redumpHex(head, lines) : this.redumpText(head, lines);
  }

  private redumpText(head: RegExpExecArray, lines: readonly Held[]): string {
    const bodies = lines.map(({ text }) => /^(.*?)(\r?)$/s.exec(DUMP.exec(text)![2]!)!);
    const offsets = lines.map(({ text }) => Number.parseInt(text, 16));
    // A line of 64 bytes goes on in the next one; only CR LF, which the dump leaves out, begins another.
    const joined = bodies.map(([, body], i) => {
      const next = offsets[i + 1];
      return next !== undefined && next === offsets[i]! + body!.length;
    });
    let total = Number(head[3]);
    let result = '';
    for (let first = 0; first < lines.length; ) {
      let last = first;
      while (joined[last]) last++;
      const whole = bodies
        .slice(first, last + 1)
        .map(([, body]) => body!)
        .join('');
      const redacted = this.redact(whole);
      for (let i = first, at = 0; i <= last; i++) {
        const piece = i === last ? redacted.substring(at) : redacted.substring(at, at + bodies[i]![1]!.length);
        const grown = total - Number(head[3]);
        result += `${hex(offsets[first]! + at + grown)}: ${piece}${bodies[i]![2]}${lines[i]!.lineEnd}`;
        at += piece.length;
      }
      total += redacted.length - whole.length;
      first = last + 1;
    }
    return this.writeHead(head, total) + result;
  }

  private redumpHex(head: RegExpExecArray, lines: readonly Held[]): string {
    let bytes = '';
    for (const { text } of lines) {
      const [, pairs = ''] = HEX.exec(DUMP.exec(text)![2]!) ?? [];
      for (const pair of pairs.trim().split(' ')) bytes += String.fromCharCode(Number.parseInt(pair, 16));
    }
    let redacted = bytes
      .split('\n')
      .map((line) => this.redact(line))
      .join('\n');
    // The dump keeps its number of lines, so that the lines behind it keep theirs.
    const missing = (lines.length - 1) * COLUMNS + 1 - redacted.length;
    if (missing > 0) redacted = redacted.replace(/\r?\n?$/, (end) => ' '.repeat(missing) + end);
    const lineEnd = `${/\r?$/.exec(lines[0]!.text)![0]}\n`;
    let result = '';
    for (let at = 0; at < redacted.length; at += COLUMNS)
      result += `${hex(at)}: ${hexLine(redacted.substring(at, at + COLUMNS))}${lineEnd}`;
    const last = lines[lines.length - 1]!.lineEnd;
    return this.writeHead(head, redacted.length) + (last === '' ? result.slice(0, -lineEnd.length) : result);
  }

  private writeHead([, before, , , after]: RegExpExecArray, total: number): string {
    return `${before}${total} bytes (0x${total.toString(16)})${after}${this.headEnd}`;
  }
}

function hex(offset: number): string {
  return offset.toString(16).padStart(4, '0');
}

function hexLine(bytes: string): string {
  const pairs = Array.from(bytes, (byte) => `${byte.charCodeAt(0).toString(16).padStart(2, '0')} `).join('');
  return pairs.padEnd(HEX_WIDTH) + bytes.replace(/[^\x20-\x7e]/g, '.');
}

/** A line of a file's dump with every byte replaced. */
function blotOut(text: string): string {
  const [, offset = '', body = ''] = DUMP.exec(text)!;
  const found = HEX.exec(body);
  if (found === null || found[1]!.length + found[2]!.length < 4) return `${offset}: ${body.replace(/[^\r]/g, '.')}`;
  const pairs = found[1]!.length / 3;
  return `${offset}: ${'2e '.repeat(pairs).padEnd(HEX_WIDTH)}${'.'.repeat(pairs)}${body.endsWith('\r') ? '\r' : ''}`;
}
