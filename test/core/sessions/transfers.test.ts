import { describe, expect, it } from 'vitest';
import { LOGIN, logOf, sessionOf, sessionsOf } from './record.ts';

const OPENING = '150 Opening data channel for file download from server of "/a.bin"';

describe('outcome of a transfer', () => {
  const outcome = (...lines: string[]) => {
    const [transfer] = sessionOf(['EPSV', '229 Entering Extended Passive Mode (|||50100|)', ...lines]).transfers;
    return [transfer!.outcome, transfer!.finalCode];
  };

  it('is completed on 226', () => {
    expect(outcome('RETR a.bin', OPENING, '226 Successfully transferred "/a.bin"')).toEqual(['completed', 226]);
  });

  it('is aborted on 426 after the 1yz, and the ABOR’s 226 does not complete it', () => {
    expect(
      outcome('RETR a.bin', OPENING, 'ABOR', '426 Connection closed; transfer aborted.', '226 ABOR command successful'),
    ).toEqual(['aborted', 426]);
  });

  it('is aborted when the ABOR is answered before the transfer', () => {
    expect(
      outcome(
        'RETR a.bin',
        OPENING,
        'ABOR',
        '226 ABOR command successful.',
        '425 Error while transfering data: EINVAL',
      ),
    ).toEqual(['aborted', 425]);
  });

  it('is failed on 425 without data and on a refusal', () => {
    expect(outcome('RETR a.bin', OPENING, '425 Can\'t open data connection for transfer of "/a.bin"')).toEqual([
      'failed',
      425,
    ]);
    expect(outcome('RETR a.bin', '550 File not found')).toEqual(['failed', 550]);
  });

  it('stays completed when a stray 426 follows the 226', () => {
    const session = sessionOf([
      'PASV',
      '227 Entering Passive Mode (203,0,113,9,195,80)',
      'STOR a.bin',
      OPENING,
      '226 Successfully transferred "/a.bin"',
      '426 Connection closed; aborted transfer of "/a.bin"',
    ]);
    expect(session.transfers[0]).toMatchObject({ outcome: 'completed', finalCode: 226 });
    expect(session.errors.map(({ code }) => code)).toEqual([426]);
    expect(session.exchanges.find(({ verb }) => verb === 'STOR')).toMatchObject({ note: 'late' });
  });

  it('is unfinished when the text just stops, aborted when the log closes the session', () => {
    expect(outcome('RETR a.bin', OPENING)).toEqual(['unfinished', null]);
    expect(outcome('RETR a.bin', OPENING, 'disconnected.')).toEqual(['aborted', null]);
  });
});

describe('a transfer', () => {
  it('knows its size from SIZE, its time from the 1yz to the final reply, and its data connection', () => {
    const session = sessionOf([
      'TYPE I',
      '200 Type set to I',
      'SIZE a.bin',
      '213 1234',
      'EPSV',
      '229 Entering Extended Passive Mode (|||50100|)',
      'RETR a.bin',
      OPENING,
      '226 Successfully transferred "/a.bin"',
    ]);
    expect(session.transfers[0]).toMatchObject({
      announcedBytes: 1234,
      transferredBytes: null,
      type: 'image',
      fullPath: '/a.bin',
      startedAt: '2024-03-15T12:00:13',
      durationMs: 1000,
      dataConnection: 0,
    });
    expect(session.dataConnections[0]).toMatchObject({
      command: 'EPSV',
      family: 'ipv4',
      familyBasis: 'control-connection',
      outcome: 'used',
    });
  });

  it('is linked to the try that it repeats', () => {
    const once = [
      'PASV',
      '227 Entering Passive Mode (203,0,113,9,195,80)',
      'REST 500',
      '350 Rest supported.',
      'RETR a.bin',
      OPENING,
    ];
    const session = sessionOf([...once, '426 Connection closed; aborted transfer of "/a.bin"', ...once, '226 ok']);
    expect(session.transfers.map(({ attempt, restartOffset }) => [attempt, restartOffset])).toEqual([
      [1, 500],
      [2, 500],
    ]);
    expect(session.transfers[1]!.retryOf).toEqual({ session: 's0-1', transfer: 0 });
  });
});

describe('replies', () => {
  it('go to the oldest command that can have them, so NOOP during a transfer takes nothing from it', () => {
    const session = sessionOf([
      'PASV',
      '227 Entering Passive Mode (203,0,113,9,195,80)',
      'RETR a',
      OPENING,
      'NOOP',
      '226 Successfully',
      '200 OK',
    ]);
    expect(session.transfers[0]).toMatchObject({ outcome: 'completed', finalCode: 226 });
    expect(session.exchanges.find(({ verb }) => verb === 'NOOP')!.replies[0]).toMatchObject({ code: 200 });
  });

  it('of several lines are one reply', () => {
    const session = sessionOf([
      'FEAT',
      '211-Features:',
      ' SIZE',
      ' EPSV',
      '211 End',
      'PWD',
      '257 "/" is current directory.',
    ]);
    expect(session.commandCount).toBe(4);
    expect(session.exchanges.find(({ verb }) => verb === 'FEAT')!.replies).toMatchObject([
      { code: 211, text: 'Features:\n SIZE\n EPSV\nEnd' },
    ]);
  });

  it('that no command asked for stand alone', () => {
    const session = sessionOf(['421 Connection timed out.', 'disconnected.']);
    expect(session.exchanges.at(-1)).toMatchObject({ verb: null, note: 'unsolicited', replies: [{ code: 421 }] });
    expect(session.end).toBe('timed-out');
  });
});

describe('negotiation', () => {
  it('counts EPSV without EPSV ALL and names the fallback', () => {
    const session = sessionOf([
      'EPSV ALL',
      '200 EPSV ALL command successful.',
      'EPSV',
      '500 Syntax error, command unrecognized.',
      'PASV',
      '227 Entering Passive Mode (xxx,xxx,xxx,xxx,195,80)',
      'LIST',
      '150 Opening data channel for directory listing of "/"',
      '226 Successfully transferred "/"',
    ]);
    expect(session.epsv).toEqual({ attempts: 1, argument: null, replyCode: 500, port: null });
    expect(session.pasv).toMatchObject({ attempts: 1, replyCode: 227, port: 50000 });
    expect(session.fellBackTo).toBe('PASV');
  });

  it('is no fallback when a later transfer uses another command', () => {
    const session = sessionOf([
      'EPSV',
      '229 Entering Extended Passive Mode (|||50100|)',
      'RETR a',
      OPENING,
      '226 Successfully',
      'PASV',
      '227 Entering Passive Mode (203,0,113,9,195,80)',
    ]);
    expect(session.fellBackTo).toBeNull();
  });
});

describe('a session', () => {
  it('that begins or stops in the middle has gaps', () => {
    expect(
      sessionsOf(logOf(['230 Logged on', 'PWD', '257 "/"', 'QUIT', '221 Goodbye', 'disconnected.']))[0]!.gaps,
    ).toEqual(['head']);
    expect(sessionOf(['PWD']).gaps).toEqual(['tail']);
    expect(sessionOf(['QUIT', '221 Goodbye', 'disconnected.'])).toMatchObject({ gaps: [], end: 'quit' });
  });

  it('begins anew when its id does, and ends when the server restarts', () => {
    const log = logOf(LOGIN);
    expect(sessionsOf(log + log)).toHaveLength(2);
    const restarted = sessionsOf(`${log}FileZilla Server 0.9.60 beta started\n${log}`);
    expect(restarted.map(({ firstLine }) => firstLine)).toEqual([1, 8]);
  });

  it('with a closing line logged twice is one session', () => {
    expect(sessionsOf(logOf([...LOGIN, 'QUIT', '221 Goodbye', 'disconnected.', 'disconnected.']))).toHaveLength(1);
  });

  it('never holds a password', () => {
    expect(JSON.stringify(sessionsOf(logOf([...LOGIN.slice(0, 4), 'PASS hunter2', '230 Logged on'])))).not.toContain(
      'hunter2',
    );
  });
});
