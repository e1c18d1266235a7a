import { type EventCursor, Kind, Note } from '../event.ts';

/** Says that no more lines of the session `key` will come. */
export function emitSessionOver(out: EventCursor, key: number): void {
  out.clear(Kind.Note);
  out.note = Note.SessionOver;
  out.key = key;
  out.emit();
}
