import { textOf } from '../bytes/text.ts';
import type { PasteLine } from './paste-line.ts';
import type { Undo } from './undo.ts';

const SOFT_BREAK = /(?<!=)=$/;
const ENCODED = /=[0-9A-F]{2}/;
const RUN = /(?:=[0-9A-F]{2})+/g;
/** So many lines end in `=` in nothing else, also where no character needed encoding. */
const BREAKS_ENOUGH = 3;
/** RFC 2045 section 6.7: encoded lines are no longer; the quoting of the mail may add a little. */
const LENGTH_MAX = 80;

/**
 * Source of a mail in quoted-printable (RFC 2045 section 6.7): `=` at the end of a line that goes on, `=3D` for `=`.
 */
export const quotedPrintable: Undo = {
  id: 'quoted-printable',
  proof: 'reads-no-less',
  marks: { anywhere: '=' },
  undo(lines) {
    let breaks = 0;
    let encoded = 0;
    for (const { text } of lines) {
      if (text.length > LENGTH_MAX) return null;
      if (SOFT_BREAK.test(text)) breaks++;
      if (ENCODED.test(text)) encoded++;
    }
    return (breaks > 0 && encoded > 0) || breaks >= BREAKS_ENOUGH ? decodeLines(lines) : null;
  },
};

function decodeLines(lines: readonly PasteLine[]): PasteLine[] {
  const out: PasteLine[] = [];
  for (let i = 0; i < lines.length; i++) {
    const first = lines[i]!;
    const parts: string[] = [];
    for (; i + 1 < lines.length && SOFT_BREAK.test(lines[i]!.text); i++)
      parts.push(lines[i]!.text.replace(SOFT_BREAK, ''));
    const encoded = parts.join('') + lines[i]!.text;
    const text = encoded.replace(RUN, decodeRun);
    out.push(text === first.text ? first : first.rewrite(text, 'quoted-printable'));
  }
  return out;
}

/** Bytes of UTF-8, which one character may take several of. */
function decodeRun(run: string): string {
  const bytes = Uint8Array.from(run.substring(1).split('='), (pair) => Number.parseInt(pair, 16));
  return textOf(bytes, 0, bytes.length);
}
