import { limits } from '../limits.ts';
import { type Evidence, type Finding, type Group, SEVERITIES, type Severity } from '../report.ts';
import type { Session } from '../sessions/session.ts';
import { copyFinding } from './copy-finding.ts';
import type { Diagnosis, Fact, Settings } from './diagnosis.ts';
import { peerOf } from './dialogue.ts';
import { networkOf } from './networks.ts';
import { Observation, type ObserverDiagnosis } from './observer.ts';
import { rowOf } from './row.ts';
import type { Counting } from './run.ts';
import { timersAround } from './timers.ts';
import { counted, durationInWords, grouped, listed } from './wording.ts';

/** Sessions whose lines show what a finding over many of them speaks of. */
const SAMPLES = 3;
/** Peers told apart; beyond it nothing is said of networks. */
const PEERS = 10_000;
/** From how many sessions on a pattern over them is worth a note. */
const PATTERN = 3;

/**
 * Gathers findings over sessions: groups of the same finding, and for diagnoses that are `perInput` one finding in place of
 * one for each session, where an input has many. Use it as the {@link Counting} of `diagnose`, then {@link add} what that
 * returns.
 */
export class FindingGroups implements Counting {
  private readonly perInput = new Map<string, Diagnosis>();
  private readonly inputs = new Map<number, InputFindings>();
  private readonly groups = new Map<string, Gathering>();
  private readonly networks = new Networks();
  private sessions = 0;

  private readonly observation: Observation;

  constructor(
    diagnoses: readonly Diagnosis[],
    observers: readonly ObserverDiagnosis[] = [],
    settings: Settings = { passiveRange: null },
  ) {
    this.observation = new Observation(observers, settings);
    for (const diagnosis of diagnoses) if (diagnosis.perInput === true) this.perInput.set(diagnosis.id, diagnosis);
  }

  counts(diagnosis: Diagnosis, session: Session, fact: Fact<unknown>): boolean {
    const group = this.groupOf(diagnosis.id);
    if (fact.elapsedMs !== undefined) group.span.add(fact.elapsedMs);
    if (diagnosis.perInput !== true) return false;
    const input = this.inputOf(session.input);
    if (input.sessions < limits.groupedAbove || input.samplesOf(diagnosis.id) < SAMPLES) return false;
    const severity = fact.severity ?? diagnosis.severity;
    group.add(session, severity, null, this.networks);
    input.gatheringOf(diagnosis).add(session, severity, null, this.networks);
    return true;
  }

  /** Takes a session's findings; returns those to show with it. Those of `perInput` diagnoses come from {@link endInput}. */
  add(session: Session, findings: readonly Finding[]): readonly Finding[] {
    this.sessions++;
    this.observation.row(rowOf(session));
    const peer = peerOf(session).address;
    if (peer !== null) this.networks.see(peer);
    const input = this.inputOf(session.input);
    input.sessions++;
    if (findings.length === 0) return findings;
    const shown: Finding[] = [];
    for (const finding of findings) {
      this.groupOf(finding.id).add(session, finding.severity, finding.key, this.networks);
      const diagnosis = this.perInput.get(finding.id);
      if (diagnosis === undefined) shown.push(finding);
      else {
        input.withheld.push(copyFinding(finding));
        input.gatheringOf(diagnosis).add(session, finding.severity, finding.key, this.networks);
      }
    }
    return shown;
  }

  /** What was withheld of an input: as found where it has few sessions, else one finding for each diagnosis. */
  endInput(index: number): readonly Finding[] {
    const input = this.inputs.get(index);
    if (input === undefined) return [];
    this.inputs.delete(index);
    if (input.sessions <= limits.groupedAbove) return input.withheld;
    return [...input.gatherings.values()].map((gathering) => input.summarise(index, gathering));
  }

  /**
   * What is still withheld; what only the sessions together show; and the groups, most severe first: of what was found more than
   * once, and of what they show together.
   */
  end(): { findings: readonly Finding[]; observed: readonly Finding[]; groups: readonly Group[] } {
    const findings = [...this.inputs.keys()].flatMap((index) => this.endInput(index));
    const observed = this.observation.end();
    const groups = [...this.groups.values()].filter(({ count }) => count > 1).map((group) => this.write(group));
    groups.push(...groupsOf(observed));
    const rank = (severity: string) => SEVERITIES.indexOf(severity as Severity);
    groups.sort((a, b) => rank(a.severity) - rank(b.severity) || b.count - a.count || (a.id < b.id ? -1 : 1));
    return { findings, observed, groups };
  }

  private inputOf(index: number): InputFindings {
    let input = this.inputs.get(index);
    if (input === undefined) {
      input = new InputFindings();
      this.inputs.set(index, input);
    }
    return input;
  }

  private groupOf(id: string): Gathering {
    let group = this.groups.get(id);
    if (group === undefined) {
      group = new Gathering(id);
      this.groups.set(id, group);
    }
    return group;
  }

  private write(group: Gathering): Group {
    const notes: string[] = [];
    const network = this.networks.onlyNetwork(group, this.sessions);
    if (network !== null) notes.push(`only peers in ${network}`);
    const span = group.span.describe();
    if (span !== null) notes.push(span);
    return {
      id: group.id,
      severity: group.severity,
      count: group.count,
      firstAt: group.firstAt,
      lastAt: group.lastAt,
      sessions: group.sessions,
      share: this.sessions === 0 ? 0 : group.sessions / this.sessions,
      users: [...group.users],
      peers: [...group.peers],
      keys: group.keys,
      note: notes.length === 0 ? null : notes.join('; '),
    };
  }
}

/** Findings of no single session, by diagnosis. */
function groupsOf(observed: readonly Finding[]): Group[] {
  const byId = new Map<string, Finding[]>();
  for (const finding of observed) {
    const alike = byId.get(finding.id);
    if (alike === undefined) byId.set(finding.id, [finding]);
    else alike.push(finding);
  }
  return [...byId].map(([id, findings]) => ({
    id,
    severity: SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity))!,
    count: findings.length,
    firstAt: null,
    lastAt: null,
    sessions: 0,
    share: 0,
    users: [],
    peers: [],
    keys: findings.slice(0, limits.groupList).map(({ key }) => key),
    note: null,
  }));
}

/** What is known of one input while it is read. */
class InputFindings {
  sessions = 0;
  readonly withheld: Finding[] = [];
  readonly gatherings = new Map<string, Gathering>();
  private readonly diagnoses = new Map<string, Diagnosis>();

  gatheringOf(diagnosis: Diagnosis): Gathering {
    let gathering = this.gatherings.get(diagnosis.id);
    if (gathering === undefined) {
      gathering = new Gathering(diagnosis.id);
      this.gatherings.set(diagnosis.id, gathering);
      this.diagnoses.set(diagnosis.id, diagnosis);
    }
    return gathering;
  }

  samplesOf(id: string): number {
    return this.gatherings.get(id)?.sessions ?? 0;
  }

  /** One finding for what the input's sessions have in common. */
  summarise(index: number, gathering: Gathering): Finding {
    const samples = this.withheld.filter(({ id }) => id === gathering.id).slice(0, SAMPLES);
    const first = samples[0]!;
    const evidence: Evidence[] = samples.flatMap((sample) => sample.evidence).slice(0, limits.evidence);
    const said = this.diagnoses.get(gathering.id)?.inMany ?? first.message;
    const of = counted(this.sessions, 'session');
    return {
      ...first,
      key: `i${index}.${gathering.id}`,
      severity: gathering.severity,
      session: null,
      transfer: null,
      dataConnection: null,
      message: `${said} Seen in ${grouped(gathering.sessions)} of ${of}.`,
      evidence,
      causedBy: null,
    };
  }
}

/** The same finding, over sessions. */
class Gathering {
  readonly id: string;
  /** The gravest seen. */
  severity: Severity = 'info';
  count = 0;
  sessions = 0;
  firstAt: string | null = null;
  lastAt: string | null = null;
  readonly users = new Set<string>();
  readonly peers = new Set<string>();
  readonly keys: string[] = [];
  readonly span = new Span();
  /** The network that all its peers are in; undefined before the first, null if there is none. */
  network: string | null | undefined;
  private lastSession = '';

  constructor(id: string) {
    this.id = id;
  }

  add(session: Session, severity: Severity, key: string | null, networks: Networks): void {
    this.count++;
    if (SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(this.severity)) this.severity = severity;
    if (key !== null && this.keys.length < limits.groupList) this.keys.push(key);
    if (session.id === this.lastSession) return;
    this.lastSession = session.id;
    this.sessions++;
    const at = session.startedAt;
    if (at !== null) {
      if (this.firstAt === null || at < this.firstAt) this.firstAt = at;
      if (this.lastAt === null || at > this.lastAt) this.lastAt = at;
    }
    if (session.user !== null && this.users.size < limits.groupList) this.users.add(session.user);
    const peer = peerOf(session).address;
    const network = peer === null ? null : networks.of(peer);
    if (this.network === undefined) this.network = network;
    else if (this.network !== network) this.network = null;
    if (peer !== null && this.peers.size < limits.groupList) this.peers.add(peer);
  }
}

/** Which networks the sessions' peers are in. */
class Networks {
  private readonly byPeer = new Map<string, string | null>();
  private readonly sessions = new Map<string, number>();
  private tooMany = false;

  see(peer: string): void {
    const network = this.of(peer);
    if (network !== null) this.sessions.set(network, (this.sessions.get(network) ?? 0) + 1);
  }

  of(peer: string): string | null {
    const known = this.byPeer.get(peer);
    if (known !== undefined) return known;
    if (this.byPeer.size >= PEERS) {
      this.tooMany = true;
      return null;
    }
    const network = networkOf(peer);
    this.byPeer.set(peer, network);
    return network;
  }

  /** The network of a group's peers, where it is one and most sessions come from others. */
  onlyNetwork(group: Gathering, all: number): string | null {
    if (this.tooMany || !group.network || group.sessions < PATTERN) return null;
    return (this.sessions.get(group.network) ?? all) * 2 < all ? group.network : null;
  }
}

/** Times that something lasted, to see whether they are always the same. */
class Span {
  private count = 0;
  private shortest = Number.POSITIVE_INFINITY;
  private longest = 0;

  add(ms: number): void {
    this.count++;
    if (ms < this.shortest) this.shortest = ms;
    if (ms > this.longest) this.longest = ms;
  }

  /** `always after 5 min: vsftpd data_connection_timeout or …`, or null where the times differ. */
  describe(): string | null {
    if (this.count < PATTERN || this.longest < 5000) return null;
    if (this.longest - this.shortest > Math.max(2000, this.longest * 0.02)) return null;
    const middle = (this.shortest + this.longest) / 2;
    const timers = timersAround(middle, 2000);
    const cause = timers.length === 0 ? '' : `, as long as ${listed(timers.slice(0, 4), 'or')}`;
    return `always after ${durationInWords(middle)}${cause}`;
  }
}
