import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pairDiagnoses } from '../../../src/core/diagnoses/index.ts';
import { given, pairUp, recordsOf } from './records.ts';

/** Every finding of each pair of fixtures, with its severity and side. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'address-family': ['pair-address-family-translated notice network'],
  'altered-code': ['pair-reply-altered warning network'],
  'byte-count': ['pair-byte-count-disagree warning unknown'],
  'client-address': ['pair-client-address-translated info network'],
  'clock-skew': ['pair-clock-skew warning unknown'],
  'data-accepted': ['pair-data-accepted-client-unaware error network', 'pair-final-reply-lost info client'],
  'final-reply-lost': ['pair-final-reply-lost error network'],
  'max-time': [
    'transfer-426-client-closed-data warning client',
    'pair-final-reply-lost info client',
    'pair-first-close info client',
  ],
  'nat-227': ['pair-nat-rewrote-227 notice network'],
  'nat-227-port': ['pair-nat-rewrote-227 error network'],
  proxy: ['pair-commands-differ warning network', 'pair-reply-altered notice network'],
  stalled: [
    'transfer-426-stall-timeout error server',
    'pair-final-reply-lost info client',
    'pair-first-close info server',
  ],
  'syn-lost': ['pair-data-syn-lost error network', 'pair-data-syn-lost error network'],
  'time-zone': ['pair-clock-skew info unknown'],
  'two-candidates': [],
  unrelated: [],
};

const folders = readdirSync(new URL('../../../fixtures/pairs/', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('both records together show', () => {
  it.each(folders)('exactly what there is in %s', (folder) => {
    const { pairFindings } = pairUp(recordsOf(folder), { declaredPair: folder.startsWith('nat-227') });
    expect(pairFindings.map(({ id, severity, cause }) => `${id} ${severity} ${cause.side}`)).toEqual(EXPECTED[folder]);
    for (const { message, evidence, key, pair } of pairFindings) {
      expect(message).not.toMatch(/undefined|null|NaN|\[object/);
      expect(evidence.length).toBeGreaterThan(0);
      for (const { line, text } of evidence) expect([line > 0, text !== '']).toEqual([true, true]);
      expect(key.startsWith(`${pair}.`)).toBe(true);
    }
  });

  it('each diagnosis of this group at least once', () => {
    const shown = new Set(Object.values(EXPECTED).flatMap((found) => found.map((text) => text.split(' ')[0])));
    expect(pairDiagnoses.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });

  it('lines of either record as evidence', () => {
    const { pairFindings } = pairUp(recordsOf('nat-227'));
    expect(pairFindings[0]!.evidence).toEqual([
      { input: 0, line: 15, text: '227 Entering Passive Mode (203,0,113,7,195,98)' },
      { input: 1, line: 12, text: '227 Entering Passive Mode (192,168,1,10,195,98)' },
    ]);
  });

  it('what one record could only guess at, and which guess it was', () => {
    const totals = pairUp(recordsOf('max-time'));
    const decided = totals.pairFindings[0]!;
    expect(decided.cause).toEqual({ side: 'client', certainty: 'certain' });
    expect(decided.replaces).toMatch(/^s1-1\.\d+$/);
    expect(decided.causedBy).toBe(totals.pairFindings.find(({ id }) => id === 'pair-first-close')!.key);
    expect(totals.pairs[0]!.transfers[0]).toMatchObject({ sentBytes: 917_504, receivedBytes: 851_968 });
  });

  it('nothing where a log only prints question marks for letters', () => {
    const [client, server] = recordsOf('nat-227').map(({ bytes }) => new TextDecoder().decode(bytes));
    const renamed = [client!.replaceAll('plan.pdf', 'pl\u00e4ne.pdf'), server!.replaceAll('plan.pdf', 'pl??ne.pdf')];
    const { pairFindings } = pairUp(renamed.map((text, n) => given(`${n}.txt`, [text])));
    expect(pairFindings.map(({ id }) => id)).toEqual(['pair-nat-rewrote-227']);
  });

  it('only the selected diagnoses', () => {
    const ids = (filter: object) => pairUp(recordsOf('proxy'), { filter }).pairFindings.map(({ id }) => id);
    expect(ids({ only: ['pair-reply-altered'] })).toEqual(['pair-reply-altered']);
    expect(ids({ except: ['pair-reply-altered'] })).toEqual(['pair-commands-differ']);
  });
});

describe('who ended a broken download', () => {
  const START = [
    '220 (vsFTPd 3.0.5)',
    'USER mira',
    '331 Please specify the password.',
    'PASS x',
    '230 Login successful.',
    'EPSV',
    '229 Entering Extended Passive Mode (|||40033|)',
    'TYPE I',
    '200 Switching to Binary mode.',
    'SIZE big.iso',
    '213 8388608',
    'RETR big.iso',
    '150 Opening BINARY mode data connection for big.iso (8388608 bytes).',
  ];

  function close(clientEnd: readonly string[], serverEnd: readonly string[]) {
    const client = [
      '*   Trying 203.0.113.7:21...',
      '* Connected to ftp.example.com (203.0.113.7) port 21 (#0)',
      ...START.map((text) => `${/^\d/.test(text) ? '<' : '>'} ${text}`),
      ...clientEnd,
    ];
    const server = [...START, ...serverEnd].map((text) => {
      const what = /^\d/.test(text) ? 'response' : 'command';
      return `Mon Mar  2 10:00:00 2026 [pid 77] FTP ${what}: Client "198.51.100.23", "${text.replace('PASS x', 'PASS <password>')}"`;
    });
    const { pairs, pairFindings } = pairUp([given('client.txt', client), given('server.log', server)]);
    const decided = pairFindings.find(({ id }) => id.startsWith('transfer-426-'))?.id ?? null;
    return [pairs[0]!.transfers[0]!.closedFirst.side, decided];
  }

  it('is the client, where its disk was full', () => {
    const client = ['* Failure writing output to destination', 'curl: (23) Failure writing output to destination'];
    expect(close(client, ['426 Failure writing network stream.'])).toEqual([
      'client',
      'transfer-426-client-closed-data',
    ]);
  });

  it('is neither, where each says that the other end was closed', () => {
    const client = [
      '* transfer closed with 60000 bytes remaining to read',
      'curl: (18) transfer closed with 60000 bytes remaining to read',
    ];
    expect(close(client, ['426 Failure writing network stream.'])).toEqual(['network', 'transfer-426-network-reset']);
  });

  it('is neither, where the client saw a reset', () => {
    const client = ['* Recv failure: Connection reset by peer', 'curl: (56) Recv failure: Connection reset by peer'];
    expect(close(client, ['426 Failure writing network stream.'])).toEqual(['network', 'transfer-426-network-reset']);
  });

  it('is the server, where its own error did', () => {
    const client = [
      '* transfer closed with 60000 bytes remaining to read',
      'curl: (18) transfer closed with 60000 bytes remaining to read',
    ];
    expect(close(client, ['451 Failure reading local file.'])).toEqual(['server', null]);
  });

  it('stays open, where the text of the client just stops', () => {
    expect(close([], ['426 Failure writing network stream.'])).toEqual(['unknown', null]);
  });
});
