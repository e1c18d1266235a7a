import { limits } from '../limits.ts';
import type { Grouped, GroupKey } from '../report.ts';
import type { Session, Transfer } from '../sessions/session.ts';
import { hourOf, hourText } from './calendar.ts';
import { OTHERS, Row } from './rows.ts';

/** What a session is known by, once for all its transfers. */
export interface SessionKeys {
  readonly peer: string | null;
  readonly server: string | null;
  readonly file: string;
}

const SEPARATOR = '\0';

/** Counts sessions and transfers by several keys at once, bounded. */
export class GroupedTotals {
  private readonly by: readonly GroupKey[];
  private readonly rows = new Map<string, { readonly values: readonly (string | null)[]; readonly row: Row }>();

  constructor(by: readonly GroupKey[]) {
    this.by = by;
  }

  add(session: Session, keys: SessionKeys, serial: number): void {
    if (session.transfers.length === 0) this.at(session, null, keys).countSession(serial);
    for (const transfer of session.transfers) {
      const row = this.at(session, transfer, keys);
      row.countSession(serial);
      row.countTransfer(transfer.outcome, transfer.transferredBytes);
    }
  }

  build(): Grouped {
    const rows = [...this.rows.values()].map(({ values, row }) => ({ values, ...row.counts() }));
    return { by: this.by, rows: rows.sort((a, b) => compareValues(a.values, b.values)) };
  }

  private at(session: Session, transfer: Transfer | null, keys: SessionKeys): Row {
    const values = this.by.map((key) => keyValueOf(key, session, transfer, keys));
    const key = values.join(SEPARATOR);
    const known = this.rows.get(key);
    if (known !== undefined) return known.row;
    if (this.rows.size < limits.summaryRows) return this.make(key, values);
    return (
      this.rows.get(OTHERS)?.row ??
      this.make(
        OTHERS,
        values.map(() => OTHERS),
      )
    );
  }

  private make(key: string, values: readonly (string | null)[]): Row {
    const row = new Row();
    this.rows.set(key, { values, row });
    return row;
  }
}

function keyValueOf(key: GroupKey, session: Session, transfer: Transfer | null, keys: SessionKeys): string | null {
  switch (key) {
    case 'day':
      return (transfer?.startedAt ?? session.startedAt)?.substring(0, 10) ?? null;
    case 'hour': {
      const ms = transfer?.startMs ?? session.startMs;
      return ms === null ? null : hourText(hourOf(ms));
    }
    case 'user':
      return session.user;
    case 'verb':
      return transfer === null ? null : (transfer.verb ?? transfer.direction);
    case 'outcome':
      return transfer?.outcome ?? null;
    case 'code':
      return transfer?.finalCode == null ? null : String(transfer.finalCode);
    case 'data-command':
      return transfer?.dataConnection == null
        ? null
        : (session.dataConnections[transfer.dataConnection]?.command ?? null);
    case 'family':
      return session.controlFamily;
    default:
      return keys[key];
  }
}

function compareValues(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (let i = 0; i < a.length; i++) {
    const left = a[i] ?? '';
    const right = b[i] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
