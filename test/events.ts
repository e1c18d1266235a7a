import { textOf } from '../src/core/bytes/text.ts';
import { type EventCursor, Kind, NO_DAY, NO_KEY, NO_TIME, Note } from '../src/core/event.ts';
import { verbName } from '../src/core/ftp/verbs.ts';

const kinds = Object.fromEntries(Object.entries(Kind).map(([name, value]) => [value, name]));
const notes = Object.fromEntries(Object.entries(Note).map(([name, value]) => [value, name]));

/** One event as a line of text, for expectations: `7 #22 2012-11-12T22:33:35.000 Reply 229 "Entering …" user=… peer=…`. */
export function describeEvent(event: EventCursor): string {
  const span = (start: number, end: number) => textOf(event.bytes, start, end);
  const parts = [String(event.line)];
  if (event.key !== NO_KEY) parts.push(`#${event.key}`);
  const day = event.day === NO_DAY ? '' : new Date(event.day * 86_400_000).toISOString().slice(0, 10);
  const time = event.ms === NO_TIME ? '' : new Date(event.ms).toISOString().slice(11, 23);
  if (day || time) parts.push([day, time].filter(Boolean).join('T'));
  parts.push(event.kind === Kind.Note ? `Note.${notes[event.note]}` : kinds[event.kind]!);
  if (event.code !== 0) parts.push(String(event.code));
  if (event.kind === Kind.Command)
    parts.push(event.verb !== 0 ? verbName(event.verb) : span(event.verbStart, event.verbEnd));
  if (event.textEnd > event.textStart) parts.push(JSON.stringify(span(event.textStart, event.textEnd)));
  if (event.userEnd > event.userStart) parts.push(`user=${span(event.userStart, event.userEnd)}`);
  if (event.peerEnd > event.peerStart) parts.push(`peer=${span(event.peerStart, event.peerEnd)}`);
  if (event.addressEnd > event.addressStart) parts.push(`address=${span(event.addressStart, event.addressEnd)}`);
  if (event.port !== 0) parts.push(`port=${event.port}`);
  if (!Number.isNaN(event.value)) parts.push(`value=${event.value}${event.exact ? '' : '~'}`);
  if (event.failure !== 0) parts.push(`failure=${event.failure}`);
  return parts.join(' ');
}
