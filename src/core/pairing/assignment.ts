import { limits } from '../limits.ts';
import type { UndecidedPair } from '../report.ts';
import { align } from './alignment.ts';
import { confidenceOf, ENOUGH_POINTS, type Evidence } from './evidence.ts';
import type { Fingerprint } from './fingerprint.ts';
import { type KeptSession, type Match, otherOf } from './kept-sessions.ts';
import { weigh } from './weigh.ts';
import { RARE_PORT } from './weigh-ports.ts';

/** A rival this close leaves a match undecided. */
const RIVAL_SHARE = 0.9;
/** Points that are enough where the inputs are said to be two records of one session. */
const ENOUGH_IF_DECLARED = 2;
/** Matches with fewer points are not worth telling of. */
const WORTH_TELLING = 8;
const CANDIDATES_TOLD = 4;
/** Share of the exchanges that copies of one record have alike. */
const COPY_SHARE = 0.9;

/** What decides how much evidence is enough. */
export interface Standard {
  /** The inputs are said to be two records of one session. */
  readonly declared: boolean;
  /** Points of a port in common, as often as ports come again here. */
  readonly portWorth: number;
}

/** What was decided of the matches. */
export interface Assignment {
  /** In the order of the clients' records. */
  readonly chosen: readonly Match[];
  readonly undecided: readonly UndecidedPair[];
}

/**
 * Gives each session at most one of the other side, the best matches first. A match that another one of either session comes
 * close to is left undecided, unless the other is just a copy of the same record.
 */
export function assign(
  clients: readonly KeptSession[],
  servers: readonly KeptSession[],
  { declared, portWorth }: Standard,
): Assignment {
  const matches = [...new Set([...clients, ...servers].flatMap((session) => session.matches))]
    .map((match) => ({ ...match, points: weighMatch(match, portWorth, false).points }))
    .sort(byRank);
  const bySession = groupBySession(matches);
  const taken = new Set<KeptSession>();
  const open = new Map<KeptSession, UndecidedPair['why']>();
  const chosen: Match[] = [];
  for (const match of matches) {
    const { client, server, points } = match;
    if (taken.has(client) || taken.has(server)) continue;
    if (points < (declared ? ENOUGH_IF_DECLARED : ENOUGH_POINTS)) {
      if ((points >= WORTH_TELLING || declared) && !open.has(client)) open.set(client, 'too-little-evidence');
      continue;
    }
    const isContested = (session: KeptSession) =>
      bySession.get(session)!.some((rival) => isRival(session, match, rival) && !taken.has(otherOf(session, rival)));
    const contested = [client, server].filter(isContested);
    for (const session of contested) open.set(session, 'several-fit');
    if (contested.length > 0 || open.has(client) || open.has(server)) continue;
    taken.add(client);
    taken.add(server);
    chosen.push(match);
  }
  const undecided: UndecidedPair[] = [];
  for (const [session, why] of open) {
    const left = bySession.get(session)!.filter((match) => !taken.has(otherOf(session, match)));
    const isToldOfClients = session.print.vantage === 'server' && left.every(({ client }) => open.has(client));
    if (left.length > 0 && !isToldOfClients && undecided.length < limits.groupList)
      undecided.push(describe(session, why, left));
  }
  return { chosen: chosen.sort(byPlace), undecided };
}

function groupBySession(matches: readonly Match[]): Map<KeptSession, Match[]> {
  const groups = new Map<KeptSession, Match[]>();
  for (const match of matches)
    for (const session of [match.client, match.server]) {
      const group = groups.get(session);
      if (group === undefined) groups.set(session, [match]);
      else group.push(match);
    }
  return groups;
}

/** Whether another match of the same session is nearly as good and no copy. */
function isRival(session: KeptSession, match: Match, rival: Match): boolean {
  return (
    rival !== match &&
    rival.points >= RIVAL_SHARE * match.points &&
    !isCopy(otherOf(session, match).print, otherOf(session, rival).print)
  );
}

/** Whether two records of one side, in different inputs, tell the same session: ports, times and dialogue are alike. */
function isCopy(a: Fingerprint, b: Fingerprint): boolean {
  if (a.input === b.input || a.format !== b.format || a.ports.length === 0) return false;
  if (a.startMs !== b.startMs || a.endMs !== b.endMs || a.ports.join() !== b.ports.join()) return false;
  const common = align(a.steps, b.steps).client.length;
  return common >= COPY_SHARE * Math.max(a.steps.count, b.steps.count);
}

function describe(session: KeptSession, why: UndecidedPair['why'], matches: readonly Match[]): UndecidedPair {
  const candidates = matches.slice(0, CANDIDATES_TOLD).map((match) => ({
    session: otherOf(session, match).print.id,
    confidence: confidenceOf(match.points),
    reasons: reasonsOf(match),
  }));
  return { session: session.print.id, vantage: session.print.vantage, why, candidates };
}

/** What speaks for and against a match, in sentences. */
export function reasonsOf(match: Match): readonly string[] {
  return weighMatch(match, RARE_PORT, true).reasons!;
}

function weighMatch({ client, server }: Match, portWorth: number, withReasons: boolean): Evidence {
  const alignment = align(client.print.steps, server.print.steps);
  return weigh(client.print, server.print, alignment, { portWorth, withReasons });
}

function byRank(a: Match, b: Match): number {
  const isNear = (match: Match) => (match.client.print.input === match.server.print.input ? 0 : 1);
  return b.points - a.points || isNear(a) - isNear(b) || byPlace(a, b);
}

function byPlace(a: Match, b: Match): number {
  const place = (x: Fingerprint, y: Fingerprint) => x.input - y.input || x.firstLine - y.firstLine;
  return place(a.client.print, b.client.print) || place(a.server.print, b.server.print);
}
