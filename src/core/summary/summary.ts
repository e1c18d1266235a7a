import { classifyAddress } from '../ftp/addresses.ts';
import { limits } from '../limits.ts';
import type { Outcome, Summary, SummaryRow } from '../report.ts';
import type { Session, Transfer } from '../sessions/session.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Where the rows beyond the bound are counted. */
const OTHERS = '(others)';

class Row {
  sessions = 0;
  transfers = 0;
  completed = 0;
  aborted = 0;
  failed = 0;
  unfinished = 0;
  bytes: number | null = null;
  /** The last session counted here, so that a session counts once however many transfers it has. */
  private lastSession = -1;

  countSession(serial: number): void {
    if (this.lastSession === serial) return;
    this.lastSession = serial;
    this.sessions++;
  }

  countTransfer(outcome: Outcome, bytes: number | null): void {
    this.transfers++;
    this[outcome]++;
    if (bytes !== null) this.bytes = (this.bytes ?? 0) + bytes;
  }
}

/** Rows by key, bounded. */
class Rows<Key extends string | number> {
  private readonly rows = new Map<Key, Row>();
  private readonly others: Key;

  constructor(others: Key) {
    this.others = others;
  }

  at(key: Key): Row {
    const row = this.rows.get(key);
    if (row !== undefined) return row;
    const kept = this.rows.size >= limits.summaryRows ? this.others : key;
    const made = this.rows.get(kept) ?? new Row();
    this.rows.set(kept, made);
    return made;
  }

  list(nameOf: (key: Key) => string, order: 'by-key' | 'by-size'): SummaryRow[] {
    const rows = [...this.rows].map(([key, row]): SummaryRow => {
      const { sessions, transfers, completed, aborted, failed, unfinished, bytes } = row;
      return { key: nameOf(key), sessions, transfers, completed, aborted, failed, unfinished, bytes };
    });
    return order === 'by-key'
      ? rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      : rows.sort((a, b) => b.transfers - a.transfers || b.sessions - a.sessions || (a.key < b.key ? -1 : 1));
  }
}

const identity = (key: string): string => key;

/** Totals over sessions. Where a session does not say by what it would be counted, it is not counted there. */
export class SummaryBuilder {
  private sessions = 0;
  private readonly all = new Row();
  private transfersWithoutBytes = 0;
  private readonly dataCommands = new Rows<string>(OTHERS);
  private readonly families = new Rows<string>(OTHERS);
  private readonly users = new Rows<string>(OTHERS);
  private readonly peers = new Rows<string>(OTHERS);
  private readonly servers = new Rows<string>(OTHERS);
  private readonly days = new Rows<number>(-1);
  private readonly hours = new Rows<number>(-1);
  private readonly verbs = new Rows<string>(OTHERS);
  private readonly errorCodes = new Rows<number>(-1);

  add(session: Session): void {
    const serial = this.sessions++;
    const { user, transfers, startMs } = session;
    const rows: Row[] = [this.families.at(session.controlFamily)];
    if (user !== null) rows.push(this.users.at(user));
    const peer = session.vantage === 'server' ? session.client.address : null;
    if (peer !== null) rows.push(this.peers.at(plainAddress(peer)));
    const server = session.vantage === 'client' ? session.server.address : null;
    if (server !== null) rows.push(this.servers.at(plainAddress(server)));
    for (const row of rows) row.countSession(serial);
    if (startMs !== null) this.countTime(session, startMs, serial);
    for (const transfer of transfers) this.addTransfer(session, transfer, rows, serial);
    for (const connection of session.dataConnections) this.dataCommands.at(connection.command).countSession(serial);
    for (const exchange of session.exchanges)
      for (const { code } of exchange.replies)
        if (code >= 400 && code < 600) this.errorCodes.at(code).countSession(serial);
  }

  private countTime(session: Session, startMs: number, serial: number): void {
    if (session.startedAt !== null) this.days.at(Math.floor(startMs / DAY_MS)).countSession(serial);
    this.hours.at(hourOf(startMs)).countSession(serial);
  }

  private addTransfer(session: Session, transfer: Transfer, rows: readonly Row[], serial: number): void {
    const { outcome, transferredBytes, startMs, finalCode } = transfer;
    this.all.countTransfer(outcome, transferredBytes);
    if (transferredBytes === null) this.transfersWithoutBytes++;
    for (const row of rows) row.countTransfer(outcome, transferredBytes);
    const connection = transfer.dataConnection === null ? null : session.dataConnections[transfer.dataConnection];
    if (connection != null) this.dataCommands.at(connection.command).countTransfer(outcome, transferredBytes);
    const verb = this.verbs.at(transfer.verb ?? transfer.direction);
    verb.countSession(serial);
    verb.countTransfer(outcome, transferredBytes);
    if (finalCode !== null && finalCode >= 400) this.errorCodes.at(finalCode).countTransfer(outcome, transferredBytes);
    if (startMs === null) return;
    if (transfer.startedAt !== null)
      this.days.at(Math.floor(startMs / DAY_MS)).countTransfer(outcome, transferredBytes);
    this.hours.at(hourOf(startMs)).countTransfer(outcome, transferredBytes);
  }

  build(): Summary {
    const { completed, aborted, failed, unfinished, bytes } = this.all;
    return {
      sessions: this.sessions,
      transfers: { completed, aborted, failed, unfinished },
      bytes: { known: bytes ?? 0, transfersWithout: this.transfersWithoutBytes },
      byDataCommand: this.dataCommands.list(identity, 'by-size'),
      byFamily: this.families.list(identity, 'by-size'),
      byUser: this.users.list(identity, 'by-size'),
      byPeer: this.peers.list(identity, 'by-size'),
      byServer: this.servers.list(identity, 'by-size'),
      byDay: this.days.list(dateOf, 'by-key'),
      byHour: this.hours.list((hour) => (hour < 0 ? OTHERS : String(hour).padStart(2, '0')), 'by-key'),
      byVerb: this.verbs.list(identity, 'by-size'),
      byErrorCode: this.errorCodes.list((code) => (code < 0 ? OTHERS : String(code)), 'by-key'),
    };
  }
}

function plainAddress(address: string): string {
  return classifyAddress(address).plain || address;
}

function hourOf(ms: number): number {
  return Math.floor((((ms % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS);
}

function dateOf(day: number): string {
  return day < 0 ? OTHERS : new Date(day * DAY_MS).toISOString().slice(0, 10);
}
