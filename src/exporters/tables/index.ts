import { connections } from './connections.ts';
import { days } from './days.ts';
import { errors } from './errors.ts';
import { files } from './files.ts';
import { findings } from './findings.ts';
import type { TableName } from './names.ts';
import { pairs } from './pairs.ts';
import { peers } from './peers.ts';
import { servers } from './servers.ts';
import { sessions } from './sessions.ts';
import type { Table } from './table.ts';
import { totals } from './totals.ts';
import { transfers } from './transfers.ts';
import { users } from './users.ts';
import { verbs } from './verbs.ts';

// A table's rows never leave it, so their type is nobody else's concern.
const tables = {
  sessions,
  transfers,
  connections,
  findings,
  errors,
  pairs,
  days,
  peers,
  users,
  servers,
  verbs,
  files,
  totals,
} as unknown as Readonly<Record<TableName, Table<never>>>;

/** The table of that name. */
export function tableOf(name: TableName): Table<never> {
  return tables[name];
}
