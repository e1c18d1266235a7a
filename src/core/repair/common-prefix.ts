import { endOfPrefix, findPrefix } from './line-prefix.ts';
import type { Undo } from './undo.ts';

/**
 * What others wrote before each line: line numbers, `grep -n`'s names, indents, comment marks, stamps and names of
 * docker, journald, syslog, CI systems and loggers. Lines that are read as they are keep theirs.
 */
export const commonPrefix: Undo = {
  id: 'foreign-prefix',
  proof: 'reads-more',
  undo(lines, { formats, reading }) {
    const { firm } = reading();
    const unread = lines.filter((line, i) => firm[i] === 0 && !line.blank);
    const prefix = findPrefix(unread, formats);
    if (prefix === null) return null;
    return lines.map((line, i) => {
      if (firm[i] === 1) return line;
      const cut = endOfPrefix(prefix, line.bytes, line.start, line.end);
      return cut < 0 ? line : line.cutAt(cut, prefix.repair);
    });
  },
};
