import { expect, it } from 'vitest';
import type { PairedSessions } from '../../src/core/pairing/paired.ts';
import type { Session } from '../../src/core/sessions/session.ts';
import { createLayout } from '../../src/exporters/layout.ts';
import { drawSides } from '../../src/exporters/text/sides.ts';
import { makeExchange, makeSession } from './made.ts';

const noop = (line: number) => makeExchange(line, 'NOOP', '');

function sessionsOf(count: number, differentAt: number): PairedSessions {
  const exchanges = Array.from({ length: count }, (_, i) => ({
    client: noop(i + 1),
    server: i === differentAt ? null : noop(i + 101),
    difference: null,
  }));
  return {
    client: makeSession({ vantage: 'client', input: 0 }),
    server: makeSession({ vantage: 'server', input: 1 }),
    exchanges,
  } as unknown as PairedSessions & { client: Session };
}

const draw = (sessions: PairedSessions, most?: number) =>
  drawSides(sessions, (input) => ['curl.txt', 'server.log'][input]!, createLayout(41, false), most);

it('all exchanges stand side by side where they are few', () => {
  expect(draw(sessionsOf(3, 1), 3)).toEqual([
    'client: curl.txt    │ server: server.log',
    '    1 > NOOP        │   101 > NOOP',
    '    2 > NOOP        <',
    '    3 > NOOP        │   103 > NOOP',
  ]);
});

it('of many exchanges those around a difference are shown, with the count of the others', () => {
  expect(draw(sessionsOf(40, 10), 24)).toEqual([
    'client: curl.txt    │ server: server.log',
    '      … 8 commands in which both agree',
    '    9 > NOOP        │   109 > NOOP',
    '   10 > NOOP        │   110 > NOOP',
    '   11 > NOOP        <',
    '   12 > NOOP        │   112 > NOOP',
    '   13 > NOOP        │   113 > NOOP',
    '      … 26 commands in which both agree',
    '   40 > NOOP        │   140 > NOOP',
  ]);
});
