import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../src/index.ts';

const read = (path: string) => ({ path, bytes: readFileSync(`fixtures/${path}`) });
const report = analyse([read('article/epsv-on-ipv4-article.txt')]);

describe('the article whose transcripts lost their line breaks', () => {
  it('holds two transcripts, each on its line, and no more', () => {
    expect(report.inputs[0]!.transcripts).toMatchObject([
      { format: 'curl-verbose', firstLine: 18, lastLine: 18, repairs: ['joined-lines'] },
      { format: 'filezilla-server-0.9', firstLine: 21, lastLine: 21, repairs: ['joined-lines'] },
    ]);
    expect(report.sessions.map(({ vantage, user }) => [vantage, user])).toEqual([
      ['client', 'user'],
      ['server', 'user'],
    ]);
  });

  it('tells the same as the transcripts with their line breaks', () => {
    const whole = analyse([read('seed/curl-verbose.txt'), read('seed/filezilla-server.log')]);
    const facts = ({ sessions }: typeof whole) =>
      sessions.map(({ epsv, tls, transfers, errors, controlFamily }) => ({
        epsv,
        tls,
        controlFamily,
        transfers: transfers.map(({ verb, path, outcome, finalCode, announcedBytes, durationMs }) => [
          verb,
          path,
          outcome,
          finalCode,
          announcedBytes,
          durationMs,
        ]),
        errors: errors.map(({ code, verb, text }) => [code, verb, text]),
      }));
    expect(facts(report)).toEqual(facts(whole));
  });

  it('says how the data connection got its address family', () => {
    for (const { dataConnections } of report.sessions)
      expect(dataConnections).toMatchObject([
        { command: 'EPSV', argument: null, replyCode: 229, family: 'ipv4', familyBasis: 'control-connection' },
      ]);
    expect(report.findings.filter(({ id }) => id === 'epsv-default-family')).toHaveLength(2);
  });

  it('pairs the two records, although they name the file differently', () => {
    expect(report.pairs).toMatchObject([{ client: 's0-18', server: 's0-21' }]);
    expect(report.pairs[0]!.reasons.join(' ')).toContain('8007');
  });

  it('never repeats the password', () => {
    expect(JSON.stringify(report)).not.toMatch(/user:pass|PASS pass|"pass"/);
  });
});
