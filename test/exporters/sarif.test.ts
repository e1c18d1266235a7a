import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/report.ts';
import { sarif } from '../../src/exporters/sarif.ts';
import { exported, makeFinding, makeInput, makeSession, makeTotals } from './made.ts';

function runOf(findings: readonly Finding[], options = {}, totals = makeTotals()) {
  const log: Log = JSON.parse(exported(sarif, options, [[makeSession(), findings]], totals));
  expect(log.version).toBe('2.1.0');
  return log.runs[0]!;
}

describe('SARIF', () => {
  it('points from each finding to its lines and its rule', () => {
    const run = runOf([makeFinding()]);
    const [result] = run.results!;
    expect(result).toMatchObject({
      ruleId: 'transfer-426-undetermined',
      level: 'warning',
      message: { text: 'The download of "file.iso" broke off after 58 s.' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'logs/server.log' }, region: { startLine: 9 } } }],
      relatedLocations: [{ id: 1, physicalLocation: { region: { startLine: 7 } } }],
    });
    const rule = run.tool.driver.rules!.find(({ id }) => id === result!.ruleId)!;
    expect(rule.help!.text).toContain('client: ');
    expect(rule.defaultConfiguration!.level).toBe('warning');
  });

  it('lists only rules that are used', () => {
    expect(runOf([]).tool.driver.rules).toEqual([]);
    expect(runOf([makeFinding(), makeFinding()]).tool.driver.rules).toHaveLength(1);
  });

  it('has no level for what is only told', () => {
    const levels = (['error', 'notice', 'info'] as const).map(
      (severity) => runOf([makeFinding({ severity })]).results![0],
    );
    expect(levels.map((result) => [result!.level, result!.kind])).toEqual([
      ['error', 'fail'],
      ['note', 'fail'],
      ['none', 'informational'],
    ]);
  });

  it('writes paths as URIs', () => {
    const uriOf = (path: string) =>
      runOf([makeFinding()], { inputPath: () => path }).results![0]!.locations![0]!.physicalLocation!.artifactLocation!
        .uri;
    expect(uriOf('./a b/100%.log')).toBe('a%20b/100%25.log');
    expect(uriOf('/var/log/ftp.log')).toBe('file:///var/log/ftp.log');
    expect(uriOf('C:\\logs\\ftp.log')).toBe('file:///C:/logs/ftp.log');
  });

  it('keeps brackets and braces of a log from being links and placeholders', () => {
    const [result] = runOf([makeFinding({ message: 'see [x](1) {0} \\' })]).results!;
    expect(result!.message.text).toBe('see \\[x\\](1) {{0}} \\\\');
  });

  it('tells which inputs could not be read', () => {
    const totals = makeTotals({ inputs: [makeInput({ error: 'no such file or folder' })] });
    const [invocation] = runOf([], {}, totals).invocations!;
    expect(invocation).toMatchObject({ executionSuccessful: false });
    expect(invocation!.toolExecutionNotifications![0]!.message.text).toContain('no such file');
  });
});
