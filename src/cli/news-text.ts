import { createLayout } from '../exporters/layout.ts';
import { plainFinding } from '../exporters/plain.ts';
import { escapeControls, stringifyJson } from '../exporters/printable.ts';
import { rowObject } from '../exporters/tables/rows.ts';
import { transfers } from '../exporters/tables/transfers.ts';
import { transferText } from '../exporters/text/session.ts';
import { spacedTime } from '../exporters/times.ts';
import type { Told } from './news-desk.ts';
import type { Settings } from './settings.ts';

/** Puts news into lines: for people, or as typed JSON records. */
export function createTeller(format: 'text' | 'jsonl', settings: Settings): (told: Told) => string {
  return format === 'jsonl' ? tellAsJson : createTextTeller(settings);
}

function tellAsJson(told: Told): string {
  const { path, session } = told;
  if (told.kind === 'session') return '';
  if (told.kind === 'finding')
    return `${stringifyJson({ type: 'finding', file: path, ...plainFinding(told.finding) })}\n`;
  const transfer = session.transfers[told.index]!;
  const connection =
    transfer.dataConnection === null ? null : (session.dataConnections[transfer.dataConnection] ?? null);
  const row = { path, session, index: told.index, transfer, connection };
  const { columns } = transfers;
  const cells = columns.map((column) => column.value(row));
  // The row's own type is that of the representation.
  const { type: representation, ...rest } = rowObject(columns, cells);
  return `${stringifyJson({ type: 'transfer', ...rest, representation })}\n`;
}

function createTextTeller({ width, color }: Settings): (told: Told) => string {
  const layout = createLayout(width, color);
  return (told) => {
    const { session } = told;
    if (told.kind === 'session') return '';
    if (told.kind === 'finding') {
      const { severity, id, message } = told.finding;
      return `  ${layout.severity[severity](severity)} ${id}: ${escapeControls(message)}\n`;
    }
    const transfer = session.transfers[told.index]!;
    const at = transfer.startedAt ?? session.startedAt ?? session.timeOfDay;
    const who = `${session.user ?? 'nobody'}${session.client.address === null ? '' : ` from ${session.client.address}`}`;
    const start = at === null ? '' : `${spacedTime(at)}  `;
    return `${start}${escapeControls(who)}  ${transfer.direction} ${transferText(session, transfer, layout)}\n`;
  };
}
