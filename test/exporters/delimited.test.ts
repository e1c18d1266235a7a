import { describe, expect, it } from 'vitest';
import { csv } from '../../src/exporters/csv.ts';
import { tsv } from '../../src/exporters/tsv.ts';
import { exported, makeFinding, makeSession, makeTotals, makeTransfer } from './made.ts';

const transfersOf = (path: string, options: Parameters<typeof exported>[1] = {}) =>
  exported(csv, { table: 'transfers', ...options }, [[makeSession({ transfers: [makeTransfer({ path })] }), []]]);

describe('CSV', () => {
  it('has a header, CRLF, and times that spreadsheets know', () => {
    expect(exported(csv, { table: 'sessions' })).toBe(
      'file,session,started_at,duration_ms,client_address,server_address,user,completed,aborted,failed,unfinished,bytes,' +
        'findings,end,control_family,tls,epsv_attempts,pasv_attempts,active_attempts,fell_back_to\r\n' +
        'logs/server.log,s0-1,2026-01-31 22:33:35,58000,192.0.2.7,,anna,0,1,0,0,,1,unfinished,ipv4,explicit,1,0,0,\r\n',
    );
  });

  it('has its header even without rows', () => {
    expect(exported(csv, { table: 'users' }, [])).toMatch(/^user,sessions,.*\r\nanna,1,/);
    expect(exported(csv, { table: 'pairs' })).toMatch(/^pair,client_session,.*\r\n$/);
  });

  it('writes yes and no as words', () => {
    expect(exported(csv, { table: 'connections' })).toContain(',used,,true,,');
  });

  it('quotes commas, quotes and line ends', () => {
    expect(transfersOf('a,b')).toContain(',"a,b",');
    expect(transfersOf('say "hi"')).toContain(',"say ""hi""",');
    expect(transfersOf('two\nlines')).toContain(',"two\nlines",');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\uff1d1'])('makes the formula %j a text', (path) => {
    expect(transfersOf(path)).toMatch(/,'(?:=|\+|-|@|\\t|\uff1d)|,\\t=1,/);
  });

  it('shows control characters and bidi marks as escapes, and leaves them alone when told to', () => {
    expect(transfersOf('\x1b[2Jx\u202ey\x9b\r')).toContain(',\\x1b[2Jx\\u202ey\\x9b\\r,');
    expect(transfersOf('=\x1b[2J', { raw: true })).toContain(',=\x1b[2J,');
  });

  it('takes another delimiter and a byte order mark', () => {
    const text = exported(csv, { table: 'days', delimiter: ';', bom: true });
    expect(text).toMatch(/^\ufeffday;sessions;/);
    expect(transfersOf('a;b', { delimiter: ';' })).toContain(';"a;b";');
  });

  it('writes fractions with a comma where spreadsheets want that, and semicolons between the fields', () => {
    const row = {
      key: 'anna',
      sessions: 3,
      transfers: 8,
      completed: 7,
      aborted: 1,
      failed: 0,
      unfinished: 0,
      bytes: 5,
    };
    const { summary } = makeTotals();
    const totals = makeTotals({ summary: { ...summary, byUser: [row] } });
    expect(exported(csv, { table: 'users', decimalComma: true }, [], totals)).toContain('anna;3;8;7;1;0;0;12,5;5\r\n');
    expect(exported(csv, { table: 'users' }, [], totals)).toContain('anna,3,8,7,1,0,0,12.5,5\r\n');
    expect(exported(tsv, { table: 'users', decimalComma: true }, [], totals)).toContain('\t12,5\t5\n');
  });

  it('keeps only the largest rows of totals when told to, in their order', () => {
    const row = { sessions: 1, completed: 0, aborted: 0, failed: 0, unfinished: 0, bytes: null };
    const byDay = [4, 9, 1, 5].map((transfers, i) => ({ key: `2026-02-0${i + 1}`, transfers, ...row }));
    const totals = makeTotals({ summary: { ...makeTotals().summary, byDay } });
    const lines = exported(csv, { table: 'days', top: 2 }, [], totals).split('\r\n');
    expect(lines.slice(1, -1).map((line) => line.substring(0, 10))).toEqual(['2026-02-02', '2026-02-04']);
  });

  it('writes every row of a table longer than a batch, once', () => {
    const sessions = Array.from(
      { length: 2_500 },
      (_, i) => [makeSession({ id: `s0-${i}` }), [makeFinding()]] as const,
    );
    const lines = exported(csv, { table: 'sessions' }, sessions).split('\r\n');
    expect(lines.length).toBe(2_502);
    expect(new Set(lines.slice(1, -1).map((line) => line.split(',')[1])).size).toBe(2_500);
  });
});

describe('TSV', () => {
  it('has tabs and LF', () => {
    expect(exported(tsv, { table: 'days' })).toBe(
      'day\tsessions\ttransfers\tcompleted\taborted\tfailed\tunfinished\taborted_percent\tbytes\n' +
        '2026-01-31\t1\t1\t0\t1\t0\t0\t100\t\n',
    );
  });

  it('keeps a tab in a text from making a column', () => {
    const text = exported(tsv, { table: 'transfers' }, [
      [makeSession({ transfers: [makeTransfer({ path: 'a\tb' })] }), []],
    ]);
    expect(text).toContain('\ta\\tb\t');
  });
});
