import { expect, test } from 'vitest';
import { defineDiagnosis } from '../../../src/core/diagnoses/diagnosis.ts';
import { diagnose, Plan } from '../../../src/core/diagnoses/run.ts';
import type { Session } from '../../../src/core/sessions/session.ts';
import { analyse, sessionLines } from './log-of-sessions.ts';

const UNREACHABLE = [
  'PASV',
  '227 Entering Passive Mode (192,168,1,5,195,80)',
  'LIST',
  '+10 425 Can\'t open data connection for transfer of "/"',
  'QUIT',
  '221 Goodbye',
];

test('one cause is one alarm, and what follows from it names it', () => {
  const { findings } = analyse(sessionLines(1, '203.0.113.9', UNREACHABLE).join('\n'));
  const alarms = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  expect(alarms.map(({ id }) => id)).toEqual(['pasv-private-address']);
  const cause = alarms[0]!;
  for (const id of ['data-connection-never-arrived', 'listing-failed'])
    expect(findings.find((found) => found.id === id)).toMatchObject({ severity: 'notice', causedBy: cause.key });
});

test('paths that are refused one after the other are one alarm', () => {
  const refused = (verb: string) => [
    'PASV',
    '227 Entering Passive Mode (203,0,113,1,195,80)',
    verb,
    '550 File not found',
  ];
  const dialogue = ['TYPE I', '200 Type set to I', ...refused('RETR a.txt'), ...refused('MLSD'), 'QUIT', '221 Goodbye'];
  const { findings } = analyse(sessionLines(1, '203.0.113.9', dialogue).join('\n'));
  const alarms = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  expect(alarms.map(({ id }) => id)).toEqual(['file-not-found']);
  expect(findings.find(({ id }) => id === 'listing-failed')).toMatchObject({
    severity: 'notice',
    causedBy: alarms[0]!.key,
  });
});

test('evidence shows the lines in their own words', () => {
  const { findings } = analyse(sessionLines(1, '203.0.113.9', UNREACHABLE).join('\n'));
  expect(findings.find(({ id }) => id === 'pasv-private-address')!.evidence).toEqual([
    { input: 0, line: 15, text: '227 Entering Passive Mode (192,168,1,5,195,80)' },
  ]);
});

test('remedies of other products are left out once the server is known', () => {
  const { findings } = analyse(sessionLines(1, '203.0.113.9', UNREACHABLE).join('\n'));
  const sides = findings.find(({ id }) => id === 'pasv-private-address')!.remedies.map(({ side }) => side);
  expect(sides).toContain('FileZilla Server 0.9');
  expect(sides).not.toContain('vsftpd');
});

test('nothing is to be changed in a network where both sides are one host', () => {
  const broken = [
    'PASV',
    '227 Entering Passive Mode (127,0,0,1,195,80)',
    ...UNREACHABLE.slice(2, 4),
    'QUIT',
    '221 Bye',
  ];
  const sidesAt = (peer: string) =>
    analyse(sessionLines(1, peer, broken).join('\n')).findings.flatMap(({ remedies }) =>
      remedies.map(({ side }) => side),
    );
  expect(sidesAt('203.0.113.9')).toContain('network');
  expect(sidesAt('127.0.0.1')).toContain('server');
  expect(sidesAt('127.0.0.1')).not.toContain('network');
});

test('a diagnosis that throws is told of, and the others go on', () => {
  const common = {
    group: 'health',
    title: '',
    severity: 'info',
    references: [],
    explanation: '',
    remedies: [],
  } as const;
  const broken = defineDiagnosis({
    ...common,
    id: 'broken',
    detect(): never {
      throw new Error('no');
    },
    message: () => '',
  });
  const sound = defineDiagnosis({
    ...common,
    id: 'sound',
    *detect() {
      yield { lines: [1], data: null, side: 'unknown', certainty: 'certain' } as const;
    },
    message: () => 'said',
  });
  const session = { id: 's0-1', firstLine: 1, exchanges: [], remarks: [], traits: 0 } as unknown as Session;
  const complaints: string[] = [];
  const found = diagnose(session, new Plan([broken, sound]), null, ({ id }, { id: at }) =>
    complaints.push(`${id} ${at}`),
  );
  expect(found.map(({ id }) => id)).toEqual(['sound']);
  expect(complaints).toEqual(['broken s0-1']);
});
