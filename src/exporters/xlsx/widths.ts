import type { Column } from '../tables/table.ts';

/** Widths of columns in characters, where their texts are longer than most. */
const WIDE: Readonly<Record<string, number>> = {
  file: 36,
  path: 40,
  full_path: 40,
  text: 60,
  message: 80,
  remedies: 60,
  references: 36,
  evidence_lines: 20,
  would_decide: 50,
  client_error: 40,
  finding: 30,
  format: 22,
  reasons: 60,
  error: 40,
  client_address: 20,
  server_address: 20,
  peer: 24,
  user: 20,
};
const TIME = 19;
const MIN = 9;
/** Room for the filter's button beside the heading. */
const BUTTON = 3;

/** A width at which most of a column can be read, in characters. */
export function columnWidth({ name, type }: Pick<Column<never>, 'name' | 'type'>): number {
  return Math.max(MIN, name.length + BUTTON, type === 'time' ? TIME : (WIDE[name] ?? 0));
}
