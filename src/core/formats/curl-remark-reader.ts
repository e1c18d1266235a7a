import { byteTextOf } from '../bytes/text.ts';
import { Failure, Note } from '../event.ts';
import { trimmedEnd } from './control-lines.ts';
import type { CurlConnection, Target } from './curl-connection.ts';
import { type CurlConnections, UNNUMBERED } from './curl-connections.ts';
import type { CurlEvents } from './curl-events.ts';
import { type ByConnection, REMARKS, type Remark, type Turn } from './curl-remarks.ts';
import { attemptedTarget, bareAddress, hostOf, portOf } from './curl-targets.ts';
import { failureIn } from './failures.ts';

/** A remark that fits a wording. */
interface Match {
  readonly remark: Remark;
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly spans: Readonly<Record<string, readonly [number, number] | undefined>>;
}

/** Finds out what a remark means, by its wording and by how far the connections have come. */
export class CurlRemarkReader {
  private readonly connections: CurlConnections;
  private readonly events: CurlEvents;
  private readonly turns: Readonly<Record<Turn, (match: Match) => void>>;

  constructor(connections: CurlConnections, events: CurlEvents) {
    this.connections = connections;
    this.events = events;
    this.turns = {
      announce: ({ groups }) => connections.announce(groups['host']!, portOf(groups['port']), numberOf(groups)),
      try: (match) => this.tryTarget(match),
      reach: () => connections.settle('connected'),
      connect: ({ groups }) => this.connect(groups),
      accept: () => connections.openData(null),
      aim: ({ groups }) =>
        connections.aim({ address: bareAddress(groups['address'] ?? groups['host']!), port: portOf(groups['port']) }),
      fail: (match) => connections.fail(failureOf(match.remark, match.groups), namedTarget(match.groups)),
      giveUp: (match) => connections.giveUp(failureOf(match.remark, match.groups), null),
      resolveNot: ({ remark, groups }) => connections.giveUp(remark.failure || Failure.NoName, hostOf(groups['host'])),
      reuse: ({ groups }) => connections.reuse(numberOf(groups), hostOf(groups['host'])),
      keep: ({ groups }) => connections.keep(numberOf(groups), hostOf(groups['host'])),
      close: ({ groups }) => connections.close(numberOf(groups)),
      tunnel: ({ groups }) =>
        connections.passProxy({ address: bareAddress(groups['host']!), port: portOf(groups['port']) }),
      handshake: () => this.beginHandshake(),
      secure: ({ spans }) => this.endHandshake(spans['version'], spans['cipher']),
      listen: () => this.listen(),
      replace: ({ groups }) => this.replaceAddress(groups['offered']!, groups['address']!),
      fallBack: () => this.fallBack(),
      timeout: () =>
        events.say(connections.here, connections.here.lastCode === 421 ? Note.Other : Note.ClientTimeout, {
          failure: Failure.Timeout,
        }),
    };
  }

  /** Tells what the remark that the events are turned to means. Returns false if its wording is not known. */
  read(text: string): boolean {
    for (const remark of REMARKS) {
      const match = remark.pattern.exec(text);
      if (match === null) continue;
      const groups = match.groups ?? {};
      const spans = match.indices?.groups ?? {};
      if (remark.turn === null) this.tellNotes({ remark, groups, spans });
      else this.turns[remark.turn]({ remark, groups, spans });
      return true;
    }
    return false;
  }

  private tellNotes({ remark, groups, spans }: Match): void {
    const { connections, events } = this;
    const failure = failureOf(remark, groups);
    const value = groups['value'] === undefined ? Number.NaN : Number(groups['value']) * remark.scale;
    const text = spans['text'];
    for (const said of remark.notes) {
      const connection = said === Note.Other ? connections.find(numberOf(groups)) : connections.here;
      events.say(connection, noteOf(said, connection), { value, failure, ...(text && { text }) });
    }
    const { current } = connections;
    if (groups['bytes'] !== undefined && current !== null && current.transfer !== 'none')
      events.say(current, Note.TransferredBytes, { value: Number(groups['bytes']) });
  }

  /** An attempt. Behind it, on its line, may stand the result, the next remark, or the header of the meter. */
  private tryTarget({ groups, spans }: Match): void {
    const { connections, events } = this;
    const { out, start, end } = events;
    const behind = start + spans['rest']![0];
    const [mark] = /^(?:\* |== Info: )?\s*/.exec(groups['rest']!)!;
    const rest = groups['rest']!.slice(mark.length);
    const isAlone = rest === '' || rest.startsWith('% Total');
    if (isAlone) events.turnTo(out, start, trimmedEnd(out.bytes, start, behind));
    const dataPort = connections.current?.dataTarget?.port ?? 0;
    connections.attempt(attemptedTarget(groups['address']!, groups['port'], dataPort));
    if (isAlone) return;
    if (!/^Connect(?:ed|ing) to /.test(rest)) {
      connections.settle(rest);
      return;
    }
    events.turnTo(out, behind + mark.length, end);
    this.read(byteTextOf(out.bytes, behind + mark.length, end));
  }

  private connect(groups: Match['groups']): void {
    const { connections, events } = this;
    const address = bareAddress(groups['address'] || groups['host'] || '');
    const port = portOf(groups['port']);
    if (groups['second'] !== undefined) connections.openData(address, port);
    else {
      const target = { address, port };
      const opened = connections.connect(target, hostOf(groups['host']), numberOf(groups));
      if (opened === null || groups['own'] === undefined) return;
      events.say(opened, Note.LocalAddress, {
        address: bareAddress(groups['own']),
        port: portOf(groups['ownPort']),
      });
    }
  }

  private replaceAddress(offered: string, address: string): void {
    if (offered !== address) this.events.say(this.connections.here, Note.DataAddressReplaced, { address });
  }

  private fallBack(): void {
    const { here } = this.connections;
    this.events.say(here, Note.FallBack);
    here.endTransfer();
  }

  private beginHandshake(): void {
    const { here } = this.connections;
    if (here.handshaking) return;
    here.handshaking = true;
    this.events.say(here, Note.TlsHandshake);
  }

  private endHandshake(
    version: readonly [number, number] | undefined,
    cipher: readonly [number, number] | undefined,
  ): void {
    const { here } = this.connections;
    here.handshaking = false;
    if (version !== undefined) this.events.say(here, Note.TlsVersion, { text: version });
    if (cipher !== undefined) this.events.say(here, Note.TlsCipher, { text: cipher });
    this.events.say(here, here.inDataPhase ? Note.DataTlsConnected : Note.TlsConnected);
  }

  private listen(): void {
    const { here } = this.connections;
    if (here.data === 'tried' || here.data === 'open') return;
    here.data = 'tried';
    this.events.say(here, Note.DataListening);
  }
}

function noteOf(said: Note | ByConnection, connection: CurlConnection | null): Note {
  if (typeof said === 'number') return said;
  return connection?.inDataPhase ? said.data : said.control;
}

/** Error numbers of Linux and Windows that curl prints without their words. */
const ERRNO: ReadonlyMap<string, Failure> = new Map([
  ['32', Failure.Reset],
  ['104', Failure.Reset],
  ['110', Failure.Timeout],
  ['10053', Failure.Reset],
  ['10054', Failure.Reset],
  ['10060', Failure.Timeout],
]);

function failureOf(remark: Remark, groups: Match['groups']): Failure {
  const error = groups['error'];
  if (error === undefined) return remark.failure;
  const errno = /\berrno\b\D{0,3}(\d{1,5})/.exec(error);
  return failureIn(error) || (errno === null ? Failure.Unknown : (ERRNO.get(errno[1]!) ?? Failure.Unknown));
}

function numberOf(groups: Match['groups']): number {
  return groups['number'] === undefined ? UNNUMBERED : Number(groups['number']);
}

/** The attempt that a remark names; null if it names none. */
function namedTarget(groups: Match['groups']): Target | null {
  const address = groups['address'];
  return address === undefined ? null : { address: bareAddress(address), port: portOf(groups['port']) };
}
