import { classifyAddress } from '../ftp/addresses.ts';
import type { GroupKey, Input, Summary, SummaryRow } from '../report.ts';
import type { Session, Transfer } from '../sessions/session.ts';
import { AbortTimes } from './aborted-after.ts';
import { dayOf, dayText, hourOf, hourText } from './calendar.ts';
import { GroupedTotals } from './grouped.ts';
import { LoginCounter } from './logins.ts';
import { OTHERS, Row, Rows } from './rows.ts';
import { SetUpCounter } from './set-ups.ts';
import { ThroughputCounter } from './throughput.ts';
import { ErrorCounter } from './top-errors.ts';

const identity = (key: string): string => key;

/**
 * Totals over sessions. Where a session does not say by what it would be counted, it is not counted there. Everything is a
 * sum, so that the totals of several runs can be added.
 */
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
  private readonly files = new Map<number, Row>();
  private readonly setUps = new SetUpCounter();
  private readonly throughput = new ThroughputCounter();
  private readonly abortTimes = new AbortTimes();
  private readonly errors = new ErrorCounter();
  private readonly logins = new LoginCounter();
  private readonly grouped: GroupedTotals | null;

  /** `groupBy`: keys of the totals that are grouped by several. */
  constructor(groupBy: readonly GroupKey[] | null = null) {
    this.grouped = groupBy === null || groupBy.length === 0 ? null : new GroupedTotals(groupBy);
  }

  /** `path`: of the session's input. */
  add(session: Session, path: string): void {
    const serial = this.sessions++;
    const { user, transfers, startMs } = session;
    const rows: Row[] = [this.families.at(session.controlFamily), this.fileRow(session.input)];
    if (user !== null) rows.push(this.users.at(user));
    const server = session.vantage === 'client' ? plainAddress(session.server.address) : null;
    const peer = session.vantage === 'client' ? server : plainAddress(session.client.address);
    if (peer !== null) rows.push(this.peers.at(peer));
    if (server !== null) rows.push(this.servers.at(server));
    for (const row of rows) row.countSession(serial);
    const isDated = session.startedAt !== null;
    if (startMs !== null) this.countTime(startMs, isDated, serial);
    for (const transfer of transfers) this.addTransfer(session, transfer, rows, serial, isDated);
    for (const connection of session.dataConnections) {
      this.dataCommands.at(connection.command).countSession(serial);
      this.setUps.add(connection);
    }
    for (const exchange of session.exchanges)
      for (const reply of exchange.replies)
        if (reply.code >= 400 && reply.code < 600) {
          this.errorCodes.at(reply.code).countSession(serial);
          this.errors.add(exchange, reply, serial);
        }
    this.logins.add(session.login, user, peer);
    this.grouped?.add(session, { peer, server, file: path }, serial);
  }

  private fileRow(input: number): Row {
    const row = this.files.get(input);
    if (row !== undefined) return row;
    const made = new Row();
    this.files.set(input, made);
    return made;
  }

  private countTime(startMs: number, isDated: boolean, serial: number): void {
    if (isDated) this.days.at(dayOf(startMs)).countSession(serial);
    this.hours.at(hourOf(startMs)).countSession(serial);
  }

  private addTransfer(
    session: Session,
    transfer: Transfer,
    rows: readonly Row[],
    serial: number,
    isDated: boolean,
  ): void {
    const { outcome, transferredBytes, startMs, finalCode, durationMs } = transfer;
    this.all.countTransfer(outcome, transferredBytes);
    if (transferredBytes === null) this.transfersWithoutBytes++;
    for (const row of rows) row.countTransfer(outcome, transferredBytes);
    const connection = transfer.dataConnection === null ? null : session.dataConnections[transfer.dataConnection];
    if (connection != null) this.dataCommands.at(connection.command).countTransfer(outcome, transferredBytes);
    const verb = this.verbs.at(transfer.verb ?? transfer.direction);
    verb.countSession(serial);
    verb.countTransfer(outcome, transferredBytes);
    if (finalCode !== null && finalCode >= 400) this.errorCodes.at(finalCode).countTransfer(outcome, transferredBytes);
    this.throughput.add(transfer, session.resolutionMs);
    if (outcome === 'aborted' && durationMs !== null) this.abortTimes.add(durationMs);
    if (startMs === null) return;
    if (isDated) this.days.at(dayOf(startMs)).countTransfer(outcome, transferredBytes);
    this.hours.at(hourOf(startMs)).countTransfer(outcome, transferredBytes);
  }

  /** `inputs`: all that were read, also those without sessions. */
  build(inputs: readonly Input[]): Summary {
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
      byDay: this.days.list(dayText, 'by-key'),
      byHour: this.hours.list(hourText, 'by-key'),
      byVerb: this.verbs.list(identity, 'by-size'),
      byErrorCode: this.errorCodes.list((code) => (code < 0 ? OTHERS : String(code)), 'by-key'),
      byFile: inputs.map(({ path }, i): SummaryRow => ({ key: path, ...(this.files.get(i) ?? new Row()).counts() })),
      setUps: this.setUps.list(),
      throughput: this.throughput.list(),
      abortedAfter: this.abortTimes.list(),
      topErrors: this.errors.list(),
      logins: this.logins.build(),
      grouped: this.grouped?.build() ?? null,
    };
  }
}

function plainAddress(address: string | null): string | null {
  return address === null ? null : classifyAddress(address).plain || address;
}
