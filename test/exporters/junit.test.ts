import { describe, expect, it } from 'vitest';
import { junit } from '../../src/exporters/junit.ts';
import { exported, makeFinding, makeInput, makeSession, makeTotals, makeTransfer } from './made.ts';

describe('JUnit XML', () => {
  it('has a case for each transfer, which fails if the transfer did', () => {
    const transfers = [
      makeTransfer(),
      makeTransfer({ outcome: 'completed', path: 'b.txt', firstLine: 12, durationMs: null }),
      makeTransfer({ outcome: 'unfinished', path: null, verb: null }),
    ];
    expect(exported(junit, {}, [[makeSession({ transfers }), []]])).toBe(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ftplens">
<testsuite name="logs/server.log s0-1" tests="3" failures="1" errors="0" skipped="1" timestamp="2026-01-31T22:33:35">
<testcase name="RETR file.iso" classname="logs/server.log" file="logs/server.log" line="7" time="58.000"><failure type="aborted" message="aborted; 426 Connection closed; transfer aborted."/></testcase>
<testcase name="RETR b.txt" classname="logs/server.log" file="logs/server.log" line="12"></testcase>
<testcase name="download" classname="logs/server.log" file="logs/server.log" line="7" time="58.000"><skipped/></testcase>
</testsuite>
</testsuites>
`);
  });

  it('has a failed case for each finding at or above a level', () => {
    const findings = [makeFinding({ severity: 'error' }), makeFinding(), makeFinding({ severity: 'info' })];
    const failuresOf = (failOn: 'warning' | null) =>
      exported(junit, { failOn }, [[makeSession({ transfers: [] }), findings]]).match(/<failure type="\w+"/g);
    expect(failuresOf(null)).toEqual(['<failure type="error"']);
    expect(failuresOf('warning')).toEqual(['<failure type="error"', '<failure type="warning"']);
  });

  it('has an error for each input that could not be read', () => {
    const totals = makeTotals({ inputs: [makeInput({ error: 'is a folder' })] });
    expect(exported(junit, {}, [], totals)).toContain('<error message="is a folder"/>');
  });

  it('shows as text what XML would take for markup or forbids', () => {
    const path = '<a href="x">&\x00\ufffe\ud800\u2028';
    const xml = exported(junit, {}, [[makeSession({ transfers: [makeTransfer({ path })] }), []]]);
    expect(xml).toContain('name="RETR &lt;a href=&quot;x&quot;&gt;&amp;\\x00\ufffd\ufffd\\u2028"');
  });
});
