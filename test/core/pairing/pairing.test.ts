import { describe, expect, it } from 'vitest';
import { fixture, given, pairUp, recordsOf } from './records.ts';

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const seed = ['seed/curl-verbose.txt', 'seed/filezilla-server.log'].map(fixture);

describe('two records of one session', () => {
  it('are found although the file has another name in each', () => {
    const { pairs, undecidedPairs } = pairUp(seed);
    expect(pairs.map(({ client, server }) => [client, server])).toEqual([['s0-1', 's1-4']]);
    expect(pairs[0]!.confidence).toBeGreaterThan(0.8);
    expect(pairs[0]!.reasons).toContain('Port 8007 of a data connection is in both.');
    expect(pairs[0]!.reasons).toContain('Both name a size of 77,200,652 bytes.');
    expect(pairs[0]!.reasons).toContain('Some commands have other arguments: a name was changed.');
    expect(undecidedPairs).toEqual([]);
  });

  it('say no more than they show where the client stops first', () => {
    const { pairs, pairFindings } = pairUp(seed);
    const [pair] = pairs;
    expect(pair!.exchanges.at(-1)).toEqual({ client: 10, server: 10, verb: 'RETR', note: 'reply-not-received' });
    expect(pair!.transfers).toEqual([
      {
        client: 0,
        server: 0,
        closedFirst: { side: 'unknown', certainty: 'possible' },
        sentBytes: null,
        receivedBytes: null,
        clientMs: null,
        serverMs: 58_000,
        finalReplyReceived: false,
      },
    ]);
    const lost = pairFindings.find(({ id }) => id === 'pair-final-reply-lost')!;
    expect([lost.severity, lost.cause]).toEqual(['notice', { side: 'unknown', certainty: 'possible' }]);
    expect(lost.message).toContain('after 58 s');
    expect(lost.message).toContain('It was cut there, or the client ended');
  });

  it('are found in whichever order and shape they come', () => {
    const [client, server] = seed.map(({ path, bytes }) => given(path, [textOf(bytes).replaceAll(/\r?\n/g, ' ')]));
    for (const way of [seed.toReversed(), [client!, server!], [server!, seed[0]!]])
      expect(pairUp(way).pairs, way.map(({ path }) => path).join()).toHaveLength(1);
  });

  it('may stand in one file', () => {
    const article = ['Prose before.', ...seed.map(({ bytes }) => textOf(bytes)), 'Prose after.'];
    expect(pairUp([given('article.txt', article)]).pairs).toHaveLength(1);
  });

  it('may be there several times', () => {
    const { pairs, undecidedPairs } = pairUp([...seed, ...seed]);
    expect(pairs).toHaveLength(2);
    expect(undecidedPairs).toEqual([]);
  });

  it('tell who is seen as whom and that a port was kept', () => {
    const { nat } = pairUp(recordsOf('nat-227')).pairs[0]!;
    expect(nat).toEqual({ clientSeenAs: '198.51.100.23', serverSeenAs: '203.0.113.7', portsRewritten: false });
  });

  it('tell how far their clocks are apart', () => {
    const { clockSkewMs } = pairUp(recordsOf('clock-skew')).pairs[0]!;
    expect(Math.abs(clockSkewMs!.value - 192_000)).toBeLessThanOrEqual(clockSkewMs!.plusMinus);
    expect(clockSkewMs!.plusMinus).toBeLessThanOrEqual(1000);
    expect(pairUp(seed).pairs[0]!.clockSkewMs).toBeNull();
  });
});

describe('what is not certain', () => {
  it('is left undecided where two sessions fit alike', () => {
    const { pairs, undecidedPairs } = pairUp(recordsOf('two-candidates'));
    expect(pairs).toEqual([]);
    expect(undecidedPairs.map(({ session, why }) => [session, why])).toEqual([['s0-1', 'several-fit']]);
    expect(undecidedPairs[0]!.candidates.map(({ session }) => session)).toEqual(['s1-1', 's1-21']);
    expect(undecidedPairs[0]!.candidates[0]!.reasons).toContain('Port 50231 of a data connection is in both.');
  });

  it('is no pair where nothing telling agrees', () => {
    const { pairs, undecidedPairs, pairFindings } = pairUp(recordsOf('unrelated'));
    expect([pairs, undecidedPairs, pairFindings]).toEqual([[], [], []]);
  });

  it('needs less evidence where the user says that the two belong together', () => {
    expect(pairUp(recordsOf('nat-227-port')).pairs).toEqual([]);
    const { pairs } = pairUp(recordsOf('nat-227-port'), { declaredPair: true });
    expect(pairs[0]!.nat.portsRewritten).toBe(true);
    expect(pairs[0]!.confidence).toBeLessThan(0.5);
    expect(pairUp(recordsOf('unrelated'), { declaredPair: true }).pairs).toEqual([]);
  });
});

describe('a large log', () => {
  const [client, server] = recordsOf('nat-227') as [ReturnType<typeof fixture>, ReturnType<typeof fixture>];
  const text = textOf(server.bytes).trimEnd();

  /** A day of sessions like the one looked for, each with a port and a size of its own. */
  function busyLog(sessions: number): string[] {
    const lines: string[] = [];
    for (let n = 0; n < sessions; n++) {
      const port = 50_100 + (n % 900);
      const other = text
        .replaceAll('(000041)', `(${String(1000 + n).padStart(6, '0')})`)
        .replaceAll('195,98', `${port >> 8},${port & 0xff}`)
        .replaceAll('248113', String(300_000 + n))
        .replaceAll('plan.pdf', `plan-${n}.pdf`);
      lines.push(...(n === sessions >> 1 ? [text] : []), ...other.split('\n'));
    }
    return lines;
  }

  it('gives up the one session as it passes', () => {
    const { pairs, pairFindings } = pairUp([client, given('server.log', busyLog(200), true)]);
    expect(pairs.map(({ client, server }) => [client, server])).toEqual([['s0-1', 's1-2201']]);
    expect(pairFindings.map(({ id }) => id)).toEqual(['pair-nat-rewrote-227']);
  });

  it('gives up the one session when it came before the client', () => {
    const { pairs } = pairUp([given('server.log', busyLog(200), true), client]);
    expect(pairs.map(({ client, server }) => [client, server])).toEqual([['s1-1', 's0-2201']]);
    expect(pairs[0]!.reasons.at(-1)).toMatch(/^Both logs are large/);
    expect(pairs[0]!.exchanges).toEqual([]);
  });

  it('gives up the one session of another large log', () => {
    const { pairs } = pairUp([{ ...client, streamed: true }, given('server.log', busyLog(200), true)]);
    expect(pairs.map(({ client, server }) => [client, server])).toEqual([['s0-1', 's1-2201']]);
  });
});
