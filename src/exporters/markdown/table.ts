import { grouped } from '../../core/diagnoses/wording.ts';
import type { Answer } from '../answers.ts';
import type { Cell } from '../tables/table.ts';
import { spacedTime } from '../times.ts';
import { escapeMarkdown } from './escape.ts';

/** A table; columns without any value are left out. Empty without rows. */
export function markdownTable(columns: Answer['columns'], rows: readonly (readonly Cell[])[]): string[] {
  if (rows.length === 0) return [];
  const shown = columns.map((_, i) => i).filter((i) => rows.some((row) => row[i] !== null && row[i] !== ''));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(shown.map((i) => escapeMarkdown(columns[i]!.title))),
    line(shown.map((i) => (isNumber(columns[i]!.type) ? '---:' : '---'))),
    ...rows.map((row) => line(shown.map((i) => cellText(row[i] ?? null, columns[i]!.type)))),
  ];
}

function isNumber(type: string): boolean {
  return type === 'integer' || type === 'decimal';
}

function cellText(cell: Cell, type: Answer['columns'][number]['type']): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'number') return type === 'integer' && cell >= 10_000 ? grouped(cell) : String(cell);
  return escapeMarkdown(type === 'time' ? spacedTime(cell) : cell);
}
