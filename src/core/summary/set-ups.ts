import type { DataConnection, SetUpRow } from '../report.ts';

type Counts = { -readonly [Name in keyof SetUpRow]: SetUpRow[Name] };

/** Counts how the set-up of data connections went, by command and family. */
export class SetUpCounter {
  private readonly rows = new Map<string, Counts>();

  add({ command, family, outcome }: DataConnection): void {
    const key = `${command} ${family}`;
    let row = this.rows.get(key);
    if (row === undefined) {
      row = { command, family, attempts: 0, used: 0, refused: 0, unreachable: 0, unused: 0, unknown: 0 };
      this.rows.set(key, row);
    }
    row.attempts++;
    row[outcome]++;
  }

  list(): SetUpRow[] {
    return [...this.rows.values()].map((row) => ({ ...row })).sort((a, b) => b.attempts - a.attempts);
  }
}
