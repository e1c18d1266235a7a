import type { Input, SummaryRow } from '../../core/report.ts';
import { totalColumns } from './summary.ts';
import { bytes, count, defineTable, text } from './table.ts';

interface FileRow extends SummaryRow {
  readonly input: Input;
}

/** One row an input. */
export const files = defineTable<FileRow>({
  name: 'files',
  title: 'totals by input',
  columns: [
    text('file', 'Path of the input.', ({ input }) => input.path),
    text('format', 'Format of its transcripts; several are separated by blanks.', formatsOf),
    bytes('size_bytes', 'Size of the file; compressed if it is.', ({ input }) => input.sizeBytes, 'size'),
    count('lines', 'Lines of the text.', ({ input }) => input.lines),
    count('unread_lines', 'Lines that were not understood.', unreadLines, 'unread'),
    ...totalColumns<FileRow>(),
    text('error', 'Why it could not be read, or not to its end.', ({ input }) => input.error),
  ],
  sizeOf: (row) => row.transfers,
  eachOfTotals({ inputs, summary }, take) {
    summary.byFile.forEach((row, i) => {
      take({ ...row, input: inputs[i]! });
    });
  },
});

function formatsOf({ input }: FileRow): string {
  return [...new Set(input.transcripts.map(({ format }) => format))].join(' ');
}

function unreadLines({ input }: FileRow): number {
  return input.transcripts.reduce((sum, { unreadLines }) => sum + unreadLines, 0);
}
