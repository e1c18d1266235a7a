/** Remarks of a program as patterns, for formats that are never large. */
import { bytesOf, textOf } from '../bytes/text.ts';
import { type EventCursor, Failure, Kind, Note } from '../event.ts';
import { failureIn } from './failures.ts';

/** Bytes of a line that are looked at; what follows is a server's text or a path. */
const LINE_BYTES = 4096;

/**
 * A remark: its pattern, what it says, and why. The names of groups are those of the cursor's fields: `host`, `port`, `value`, `text`,
 * `user`. A pattern with groups needs the flag `d`. Without a failure of its own, a failed connection's is read out of the words.
 */
export type RemarkRule<What> = readonly [RegExp, What, Failure?];

/** A line that a rule fits. */
export interface Remark<What> {
  readonly what: What;
  readonly failure: Failure | null;
  readonly match: RegExpExecArray;
  readonly line: string;
}

/** The line `bytes[start, end)` as text, cut where no remark is that long. */
export function lineText(bytes: Uint8Array, start: number, end: number): string {
  return textOf(bytes, start, Math.min(end, start + LINE_BYTES));
}

/** The first rule that fits, or null. */
export function findRemark<What>(rules: readonly RemarkRule<What>[], line: string): Remark<What> | null {
  for (const [pattern, what, failure] of rules) {
    const match = pattern.exec(line);
    if (match !== null) return { what, failure: failure ?? null, match, line };
  }
  return null;
}

/** Emits the remark of the line that stands at `bytes[start, end)` as `note`. */
export function emitRemark(out: EventCursor, note: Note, remark: Remark<unknown>, start: number, end: number): void {
  out.clear(Kind.Note);
  out.note = note;
  fillFields(out, remark, start, end);
  out.emit();
}

/** Emits that the control connection stands, at the address that the remark names. */
export function emitConnected(out: EventCursor, remark: Remark<unknown> | null, start: number, end: number): void {
  out.clear(Kind.Connected);
  if (remark !== null) fillFields(out, remark, start, end);
  out.failure = Failure.Unknown;
  out.emit();
}

/** Emits a remark without fields, or the end of the control connection. */
export function emitBare(out: EventCursor, kind: Kind, note: Note = Note.Other): void {
  out.clear(kind);
  out.note = note;
  out.emit();
}

/** An address, in full or with parts made unreadable; not a host's name. */
const ADDRESS = /^[\d.xX*]+$|:/;

function fillFields(out: EventCursor, remark: Remark<unknown>, start: number, end: number): void {
  const { line, match } = remark;
  const groups = match.groups ?? {};
  const spans = match.indices?.groups ?? {};
  const offset = (index: number) => Math.min(end, start + bytesOf(line.substring(0, index)).length);
  out.textStart = start;
  out.textEnd = end;
  if (spans['text'] !== undefined) [out.textStart, out.textEnd] = spans['text'].map(offset) as [number, number];
  if (spans['host'] !== undefined && ADDRESS.test(groups['host']!))
    [out.addressStart, out.addressEnd] = spans['host'].map(offset) as [number, number];
  if (spans['user'] !== undefined) [out.userStart, out.userEnd] = spans['user'].map(offset) as [number, number];
  if (groups['port'] !== undefined) out.port = Number(groups['port']);
  if (groups['value'] !== undefined) out.value = Number(groups['value'].replaceAll(',', ''));
  out.failure = remark.failure ?? (isFailure(out.note) ? failureIn(line) : Failure.Unknown);
}

function isFailure(note: Note): boolean {
  return (
    note === Note.ConnectFailed || note === Note.ConnectionLost || note === Note.DataFailed || note === Note.DataBroken
  );
}
