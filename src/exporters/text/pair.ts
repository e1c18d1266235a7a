import { durationInWords, listed } from '../../core/diagnoses/wording.ts';
import type { Pair } from '../../core/report.ts';
import { type Layout, padEnd, wrapText } from '../layout.ts';
import { escapeControls } from '../printable.ts';

const LABEL = 10;
const REASONS_SHOWN = 4;

/** Two records of one session: which, how sure that is, and what their difference tells of the way between. */
export function describePair(pair: Pair, layout: Layout): string[] {
  const row = (label: string, text: string) =>
    text === '' ? [] : wrapText(layout, `    ${layout.dim(padEnd(label, LABEL))}`, escapeControls(text));
  const [id, client, server] = [pair.id, pair.client, pair.server].map(escapeControls);
  const title = `${layout.bold(`Pair ${id}`)}: ${client} and ${server} are one session`;
  return [
    ...wrapText(layout, '  ', `${title}, ${Math.round(pair.confidence * 100)} % sure`),
    ...row('because', pair.reasons.slice(0, REASONS_SHOWN).join(' ')),
    ...row('between', betweenText(pair)),
    ...row('clocks', clocksText(pair)),
  ];
}

function betweenText({ nat }: Pair): string {
  const seen = [
    nat.clientSeenAs === null ? '' : `the server sees the client as ${nat.clientSeenAs}`,
    nat.serverSeenAs === null ? '' : `the client sees the server as ${nat.serverSeenAs}`,
    nat.portsRewritten === true ? 'ports are changed on the way' : '',
  ];
  return listed(seen.filter((text) => text !== ''));
}

function clocksText({ clockSkewMs }: Pair): string {
  if (clockSkewMs === null || clockSkewMs.value === 0) return '';
  const off = durationInWords(Math.abs(clockSkewMs.value));
  return `the server's is ${off} ${clockSkewMs.value > 0 ? 'ahead' : 'behind'}`;
}
