import { durationInWords } from '../../core/diagnoses/wording.ts';
import type { ConnectionData, LadderData, TransferData } from '../../exporters/html/page-data.ts';
import { sizeInWords } from '../../exporters/quantities.ts';
import { CONNECTION_OUTCOMES } from '../parts/words.ts';
import type { LadderRow, StepRow } from './ladder-rows.ts';

/** How a lane looks where it ends. */
export type LaneEnd = 'completed' | 'aborted' | 'failed' | 'unfinished' | 'unused' | 'refused';

/** A data connection beside the dialogue. Rows are indexes into the ladder's rows. */
export interface Lane {
  /** Lanes at the same time stand side by side. */
  readonly column: number;
  readonly connection: ConnectionData | null;
  readonly transfer: TransferData | null;
  readonly openRow: number;
  /** From where bytes may flow; null = never. */
  readonly flowRow: number | null;
  readonly endRow: number;
  readonly end: LaneEnd;
}

/** What one row shows of a lane. */
export interface LanePart {
  readonly lane: Lane;
  readonly isOpen: boolean;
  readonly isEnd: boolean;
  /** Above and below the row's middle. */
  readonly above: 'none' | 'wait' | 'flow';
  readonly below: 'none' | 'wait' | 'flow';
}

/** The session's data connections as lanes. */
export function lanesOf(ladder: LadderData, rows: readonly LadderRow[]): Lane[] {
  const byExchange = rowsByExchange(rows);
  const transferOf = new Map(
    ladder.transfers.flatMap((transfer) =>
      transfer.dataConnection === undefined ? [] : [[transfer.dataConnection, transfer] as const],
    ),
  );
  const lanes: Omit<Lane, 'column'>[] = ladder.connections.flatMap((connection) =>
    laneOf(connection, transferOf.get(connection.index) ?? null, rows, byExchange),
  );
  for (const transfer of ladder.transfers)
    if (transfer.dataConnection === undefined) lanes.push(...laneOf(null, transfer, rows, byExchange));
  lanes.sort((a, b) => a.openRow - b.openRow);
  return placeSideBySide(lanes);
}

type Exchanges = ReadonlyMap<number, readonly number[]>;

function rowsByExchange(rows: readonly LadderRow[]): Exchanges {
  const byExchange = new Map<number, number[]>();
  rows.forEach((row, i) => {
    if (row.kind !== 'step' || row.exchange === null) return;
    const list = byExchange.get(row.exchange);
    if (list === undefined) byExchange.set(row.exchange, [i]);
    else list.push(i);
  });
  return byExchange;
}

function laneOf(
  connection: ConnectionData | null,
  transfer: TransferData | null,
  rows: readonly LadderRow[],
  byExchange: Exchanges,
): Omit<Lane, 'column'>[] {
  const replyRow = (exchange: number | undefined, test: (code: number) => boolean) =>
    (exchange === undefined ? undefined : byExchange.get(exchange))?.find((i) => {
      const { code } = rows[i] as StepRow;
      return code !== null && test(code);
    });
  const commandRow = (exchange: number | undefined) =>
    exchange === undefined ? undefined : byExchange.get(exchange)?.[0];
  const openRow = connection
    ? (replyRow(connection.exchange, (code) => code >= 200) ?? commandRow(connection.exchange))
    : (replyRow(transfer?.exchange, (code) => code < 200) ?? commandRow(transfer?.exchange));
  if (openRow === undefined) return [];
  if (transfer === null) {
    const end =
      connection!.outcome === 'refused' ? 'refused' : connection!.outcome === 'unreachable' ? 'failed' : 'unused';
    return [{ connection, transfer, openRow, flowRow: null, endRow: openRow, end }];
  }
  const flowRow = replyRow(transfer.exchange, (code) => code < 200) ?? null;
  const endRow =
    replyRow(transfer.exchange, (code) => code >= 200) ??
    lastRowUpTo(rows, transfer.clientError?.line ?? transfer.lastLine);
  return [{ connection, transfer, openRow, flowRow, endRow: Math.max(openRow, endRow), end: transfer.outcome }];
}

function lastRowUpTo(rows: readonly LadderRow[], line: number): number {
  for (let i = rows.length - 1; i > 0; i--) {
    const row = rows[i]!;
    if (row.kind === 'step' && row.line <= line) return i;
  }
  return 0;
}

function placeSideBySide(lanes: readonly Omit<Lane, 'column'>[]): Lane[] {
  const freeFrom: number[] = [];
  return lanes.map((lane) => {
    let column = freeFrom.findIndex((row) => row < lane.openRow);
    if (column < 0) column = freeFrom.length;
    freeFrom[column] = lane.endRow;
    return { ...lane, column };
  });
}

/** What each row shows of the lanes. */
export function partsByRow(lanes: readonly Lane[], rows: readonly LadderRow[]): LanePart[][] {
  const parts: LanePart[][] = rows.map(() => []);
  for (const lane of lanes) {
    const { openRow, flowRow, endRow } = lane;
    const stateAfter = (row: number) => (flowRow !== null && row >= flowRow ? 'flow' : 'wait');
    for (let row = openRow; row <= endRow; row++)
      parts[row]!.push({
        lane,
        isOpen: row === openRow,
        isEnd: row === endRow,
        above: row === openRow ? 'none' : stateAfter(row - 1),
        below: row === endRow ? (lane.end === 'unfinished' ? stateAfter(row) : 'none') : stateAfter(row),
      });
  }
  return parts;
}

/** What stands where a lane begins: `EPSV · IPv4 · port 8007 · TLS`. */
export function openingInWords({ connection }: Lane): string {
  if (connection === null) return 'data connection';
  const { command, family, port, wentTo, tls, tlsResumed, outcome } = connection;
  const facts: string[] = [command];
  if (family !== 'unknown') facts.push(family === 'ipv4' ? 'IPv4' : 'IPv6');
  if (port !== undefined) facts.push(`port ${port}`);
  if (wentTo !== undefined) facts.push(`to ${wentTo}`);
  if (tls === true) facts.push(tlsResumed === true ? 'TLS resumed' : 'TLS');
  if (outcome === 'refused' || outcome === 'unreachable' || outcome === 'unused')
    facts.push(CONNECTION_OUTCOMES[outcome]);
  return facts.join(' · ');
}

/** What stands where a lane ends: `cut by 426 after 58 s`, and beneath it how much was moved. */
export function endInWords({ transfer, end }: Lane): readonly [string, string] {
  if (transfer === null) return ['', ''];
  const { finalCode, transferredBytes, announcedBytes, durationMs } = transfer;
  const by = finalCode === undefined ? '' : ` by ${finalCode}`;
  const words = {
    completed: 'completed',
    aborted: `cut${by}`,
    failed: `refused${by}`,
    unfinished: 'end not seen',
    unused: '',
    refused: '',
  };
  const time =
    durationMs === undefined ? '' : ` ${end === 'completed' ? 'in' : 'after'} ${durationInWords(durationMs)}`;
  const moved = transferredBytes === undefined ? null : sizeInWords(transferredBytes);
  const whole = announcedBytes === undefined ? null : sizeInWords(announcedBytes);
  const size =
    end === 'completed' || whole === null ? (moved ?? whole ?? '') : `${moved ?? 'unknown part'} of ${whole}`;
  return [words[end] + (end === 'unfinished' ? '' : time), size];
}
