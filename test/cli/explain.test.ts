import { describe, expect, it } from 'vitest';
import { explainWords, listDiagnoses } from '../../src/cli/explanations.ts';

const objects = (...words: string[]) => JSON.parse(explainWords(words, 'json'));

describe('explain', () => {
  it('tells of a code who sends it when, what to do, and which findings look at it', () => {
    const text = explainWords(['426'], 'text');
    expect(text).toMatch(/^reply 426: /);
    for (const part of ['vsftpd', 'Failure writing network stream.', 'transfer-426-client-abort', 'RFC 959 section'])
      expect(text).toContain(part);
  });

  it('tells of a verb its argument and the replies to it', () => {
    expect(objects('epsv')).toMatchObject([
      { kind: 'verb', verb: 'EPSV', references: ['RFC 2428 sections 3 and 4'], replies: { success: [229, 200] } },
    ]);
  });

  it('tells of a finding what the list tells', () => {
    const listed = JSON.parse(listDiagnoses('json')).find(({ id }: { id: string }) => id === 'epsv-default-family');
    expect(Object.keys(listed)).toEqual(['id', 'group', 'title', 'severity', 'explanation', 'references', 'remedies']);
    expect(objects('EPSV-default-family')).toEqual([{ kind: 'finding', ...listed }]);
  });

  it('takes a line apart, be it one argument or several', () => {
    const line = { kind: 'line', endpoint: { address: '::1', port: 5282, family: 'ipv6', range: 'loopback' } };
    expect(objects('EPRT |2|::1|5282|')).toMatchObject([line]);
    expect(objects('EPRT', '|2|::1|5282|')).toMatchObject([line]);
    expect(objects('425', 'Failed', 'to', 'establish', 'connection.')).toMatchObject([
      { kind: 'line', reply: { code: 425 }, texts: [{ product: 'vsftpd' }] },
    ]);
  });

  it('takes several words each by itself', () => {
    expect(objects('426', 'EPSV').map(({ kind }: { kind: string }) => kind)).toEqual(['reply', 'verb']);
  });

  it('offers what is nearest to an unknown word, and shows no password', () => {
    expect(() => explainWords(['RETRR'], 'text')).toThrow('nearest are RETR');
    expect(() => explainWords(['epsv-defualt-family'], 'text')).toThrow('nearest are epsv-default-family');
    expect(() => explainWords(['zzzz'], 'text')).toThrow('explain --list');
    expect(explainWords(['PASS geheim'], 'text') + explainWords(['PASS', 'geheim'], 'json')).not.toContain('geheim');
  });

  it('escapes control bytes of a line', () => {
    expect(explainWords(['425 \u001b[31mred'], 'text')).not.toContain('\u001b[31m');
  });
});
