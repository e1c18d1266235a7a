/** What `--trace-time` and `--trace-ids` put before curl's lines. */
import { BRACKET_CLOSE, BRACKET_OPEN, COLON, DOT, isBlank, isDigit, MINUS, numberAt } from '../bytes/ascii.ts';
import { NO_TIME } from '../event.ts';
import { UNNUMBERED } from './curl-connections.ts';

/** Length of `HH:MM:SS.uuuuuu`. */
const TIME_LENGTH = 15;
const X = 'x'.charCodeAt(0);

/** The time and the ids before a line; each may be missing. */
export class CurlPrefix {
  /** Milliseconds since midnight, `NO_TIME` without a time. */
  ms = NO_TIME;
  /** The connection's number, `UNNUMBERED` without ids or while there is no connection. */
  connection = UNNUMBERED;

  /** Reads time and ids at `start`; returns the offset behind them and their blanks. */
  read(bytes: Uint8Array, start: number, end: number): number {
    this.ms = timeAt(bytes, start, end);
    this.connection = UNNUMBERED;
    const first = this.ms === NO_TIME ? start : start + TIME_LENGTH + 1;
    const close = idsEndAt(bytes, first, end);
    if (close < 0) return first;
    this.connection = Math.max(UNNUMBERED, numberAt(bytes, idEndAt(bytes, first + 1, end) + 1, end));
    return close + 1;
  }
}

/** The `HH:MM:SS.uuuuuu ` at `start`. */
function timeAt(bytes: Uint8Array, start: number, end: number): number {
  const stop = start + TIME_LENGTH;
  if (stop >= end || !isBlank(bytes[stop]!)) return NO_TIME;
  for (let i = start; i < stop; i++) {
    const place = i - start;
    const expected = place === 2 || place === 5 ? COLON : place === 8 ? DOT : 0;
    if (expected === 0 ? !isDigit(bytes[i]!) : bytes[i] !== expected) return NO_TIME;
  }
  const hours = numberAt(bytes, start, end);
  const minutes = numberAt(bytes, start + 3, end);
  const seconds = numberAt(bytes, start + 6, end);
  if (hours > 23 || minutes > 59 || seconds > 60) return NO_TIME;
  return (hours * 3600 + minutes * 60 + seconds) * 1000 + numberAt(bytes, start + 9, start + 12);
}

/** The end of the ids `[transfer-connection] ` at `start`, before the blank; -1 if there are none. */
function idsEndAt(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || bytes[start] !== BRACKET_OPEN) return -1;
  const dash = idEndAt(bytes, start + 1, end);
  if (dash < 0 || dash >= end || bytes[dash] !== MINUS) return -1;
  const close = idEndAt(bytes, dash + 1, end);
  if (close < 0 || close + 1 >= end || bytes[close] !== BRACKET_CLOSE) return -1;
  return isBlank(bytes[close + 1]!) ? close + 1 : -1;
}

/** The end of an id: a number, or `x` as long as there is none. */
function idEndAt(bytes: Uint8Array, start: number, end: number): number {
  if (start < end && bytes[start] === X) return start + 1;
  let i = start;
  while (i < end && isDigit(bytes[i]!)) i++;
  return i > start ? i : -1;
}
