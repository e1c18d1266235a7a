import { type Layout, padEnd, wrapText } from '../layout.ts';
import { stringifyJson } from '../printable.ts';
import { tableOf } from '../tables/index.ts';
import { TABLE_NAMES } from '../tables/names.ts';

/** The columns of every table, for people. */
export function listColumns(layout: Layout): string {
  return TABLE_NAMES.map((name) => {
    const { title, columns } = tableOf(name);
    const width = Math.max(...columns.map((column) => column.name.length)) + 2;
    const lines = columns.flatMap((column) => {
      const type = column.unit === null ? column.type : `${column.type}, ${column.unit}`;
      return wrapText(layout, `  ${padEnd(column.name, width)}${layout.dim(padEnd(type, 18))}`, column.description);
    });
    return `${layout.bold(name)}: ${title}\n${lines.join('\n')}\n`;
  }).join('\n');
}

/** The same as a JSON array of tables. */
export function columnsAsJson(): string {
  const tables = TABLE_NAMES.map((name) => {
    const { title, columns } = tableOf(name);
    return stringifyJson({
      name,
      title,
      columns: columns.map((column) => ({
        name: column.name,
        type: column.type,
        unit: column.unit,
        description: column.description,
      })),
    });
  });
  return `[\n${tables.join(',\n')}\n]\n`;
}
