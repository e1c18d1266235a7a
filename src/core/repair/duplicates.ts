import type { PasteLine } from './paste-line.ts';
import type { Undo } from './undo.ts';

/** Share of the lines that must come in pairs. */
const PAIRED_SHARE = 0.9;
/** A dialogue of fewer pairs may well repeat itself. */
const PAIRS_MIN = 4;

/** Every line printed twice, as by a logger with two handlers. */
export const duplicates: Undo = {
  id: 'duplicates',
  proof: 'own',
  undo(lines) {
    const filled = lines.filter((line) => !line.blank);
    const out: PasteLine[] = [];
    let pairs = 0;
    let last = '';
    for (let i = 0; i < filled.length; i++) {
      const line = filled[i]!;
      const paired = i + 1 < filled.length && filled[i + 1]!.isAs(line);
      out.push(paired ? line.rewrite(line.text, 'duplicates') : line);
      if (!paired) continue;
      // The same line over and over is no sign of pairs.
      if (line.text !== last) pairs++;
      last = line.text;
      i++;
    }
    return pairs >= PAIRS_MIN && pairs * 2 >= filled.length * PAIRED_SHARE ? out : null;
  },
};
