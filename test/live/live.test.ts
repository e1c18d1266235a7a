import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding, Session } from '../../src/core/report.ts';
import { analyse } from '../../src/index.ts';
import { type Between, RELAY_HOST, startRelay, startSilentPorts } from './between.ts';
import { type Scenario, scenarios, type Truth } from './scenarios.ts';
import {
  canMount,
  findProgram,
  freePort,
  makeTree,
  type RunningServer,
  type ServerPlan,
  startServer,
} from './servers.ts';

const isRoot = process.getuid?.() === 0;
const isRequired = process.env['CI'] === 'true';
/** Programs that only root can start as they are meant to run. */
const SERVERS = ['vsftpd', 'proftpd', 'pure-ftpd', 'pyftpdlib'] as const;
const timeout = 120_000;
/** What else runs on the machine may come between a client and its server once. */
const retry = 1;
const CLIENT_MS = 60_000;
/** How long a server may take to write down what it has done. */
const LOGGED_MS = 15_000;

function isThere(program: ServerPlan['program']): boolean {
  if (program === 'pyftpdlib') return existsSync('/usr/lib/python3/dist-packages/pyftpdlib');
  return isRoot && findProgram(program) !== null && (program !== 'pure-ftpd' || findProgram('pure-pw') !== null);
}

const missing = [
  ...SERVERS.filter((program) => !isThere(program)),
  ...['curl', 'lftp', 'openssl'].filter((name) => findProgram(name) === null),
];

it.skipIf(missing.length === 0)(
  `has its programs (test/live/install.sh, as root): ${missing.join(', ')}`,
  ({ skip }) => {
    if (!isRequired) skip();
    expect(missing).toEqual([]);
  },
);

let work = '';
beforeAll(() => {
  work = mkdtempSync(path.join(tmpdir(), 'ftplens-live-'));
  // Servers look at it as users that are nobody.
  chmodSync(work, 0o755);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** A scenario as one server plays it. */
interface Play extends Scenario {
  readonly program: ServerPlan['program'];
  /** The place of the control connection, as the client knows it. */
  readonly place: { readonly host: string; readonly port: number };
  /** The port that the client names in active mode. */
  readonly announcedPort: number | null;
}

/** The client's program and its arguments. */
function commandOf(scenario: Play, { user, password, port }: RunningServer): [string, string[]] {
  const { client, args, path: file, place } = scenario;
  const upload = path.join(work, `upload-${port}`);
  if (scenario.upload !== undefined) writeFileSync(upload, Buffer.alloc(scenario.upload, 'u'));
  const scheme = scenario.plan?.tls === 'implicit' ? 'ftps' : 'ftp';
  const url = `${place.host === '::1' ? '[::1]' : place.host}:${place.port}`;
  const announced = scenario.announcedPort === null ? [] : [String(scenario.announcedPort)];
  switch (client) {
    case 'curl':
      return [
        'curl',
        [
          '-v',
          '-sS',
          '-o',
          '/dev/null',
          '-u',
          `${user}:${password}`,
          ...args,
          ...(scenario.upload === undefined ? [] : ['-T', upload]),
          `${scheme}://${url}/${file}`,
        ],
      ];
    case 'lftp':
      return [
        'lftp',
        [
          '-c',
          `debug 5; set net:max-retries 1; set ftp:ssl-allow no; ${args.join('; ')}; open -u ${user},${password} ftp://${url}; get ${file} -o ${path.join(work, `got-${port}`)}`,
        ],
      ];
    case 'ftplib': {
      const script = path.join(import.meta.dirname, 'ftplib_client.py');
      return [
        '/usr/bin/python3',
        [script, place.host, String(place.port), user, password, file, ...args, ...announced],
      ];
    }
  }
}

/** What a server writes down when a timer of its own has run out. */
const GAVE_UP = /["\] ]421 |stall timeout/;

/** Stops the client until the server has given up; the client's time limit ends it all the same. */
function stopUntilGivenUp(child: ChildProcess, server: RunningServer): void {
  child.kill('SIGSTOP');
  const timer = setInterval(() => {
    const logs = [server.readLog(), server.readSystemLog() ?? new Uint8Array()];
    if (child.exitCode === null && !logs.some((log) => GAVE_UP.test(Buffer.from(log).toString('latin1')))) return;
    clearInterval(timer);
    child.kill('SIGCONT');
  }, 200);
  child.on('close', () => clearInterval(timer));
}

/** What the client wrote down, while it ran and until it ended or was killed. */
async function runClient(scenario: Play, server: RunningServer): Promise<Uint8Array> {
  const [command, args] = commandOf(scenario, server);
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: work, LANG: 'C' },
  });
  const pieces: Buffer[] = [];
  let killer = setTimeout(() => child.kill('SIGKILL'), CLIENT_MS);
  let isTransferring = false;
  child.stderr!.on('data', (piece: Buffer) => {
    pieces.push(piece);
    const text = Buffer.concat(pieces);
    // The transcript is read as it grows; nothing in it may be too early to be read.
    analyse([{ path: 'client', bytes: new Uint8Array(text) }]);
    if (isTransferring || !/^<(?:---)? 1(?:25|50)[ -]/m.test(text.toString('latin1'))) return;
    isTransferring = true;
    if (scenario.stops) stopUntilGivenUp(child, server);
    if (scenario.killServerAfterMs !== undefined) setTimeout(() => server.stop(), scenario.killServerAfterMs);
    if (scenario.killAfterMs === undefined) return;
    clearTimeout(killer);
    killer = setTimeout(() => child.kill('SIGKILL'), scenario.killAfterMs);
  });
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(killer);
  return new Uint8Array(Buffer.concat(pieces));
}

const analyseOne = (bytes: Uint8Array) => analyse([{ path: 'a', bytes }]);
const setUps = (session: Session) => session.dataConnections.map(({ command }) => command);
const transferOf = (session: Session) => session.transfers.at(-1) ?? null;

/** Findings about how things are done. */
const HABITS: ReadonlySet<string> = new Set(['cleartext-login', 'anonymous-accepted']);

/** The findings that `isMeant`, hints and habits aside, each once. */
function idsOf(findings: readonly Finding[], isMeant: (finding: Finding) => boolean): readonly string[] {
  const told = findings.filter((finding) => isMeant(finding) && finding.severity !== 'info' && !HABITS.has(finding.id));
  return [...new Set(told.map(({ id }) => id))].sort();
}

/** That a session shows, and no other one of them explains. */
const isOf = (session: Session | undefined) => (finding: Finding) =>
  finding.session === session?.id && finding.causedBy === null;

function checkClient(session: Session, findings: readonly Finding[], scenario: Play, text: string): void {
  const { truth, host } = scenario;
  const family = host === '::1' ? 'ipv6' : 'ipv4';
  expect(session, text).toMatchObject({ vantage: 'client', login: truth.clientLogin ?? truth.login });
  expect(setUps(session)).toEqual(truth.commands);
  // ftplib does not print where it goes.
  if (scenario.client !== 'ftplib')
    for (const connection of session.dataConnections) expect(connection.family).toBe(family);
  if (scenario.client === 'curl') expect(session.controlFamily).toBe(family);
  if (truth.error !== undefined)
    expect(
      session.errors.map(({ code }) => code),
      text,
    ).toContain(truth.error);
  if (truth.tls !== undefined) expect(session.tls.control).toBe(truth.tls);
  if (scenario.killAfterMs !== undefined) return; // Whoever is killed writes no last word.
  const transfer = transferOf(session);
  expect(transfer?.outcome ?? null).toBe(truth.clientOutcome ?? truth.outcome);
  if (truth.bytes !== undefined && transfer?.transferredBytes != null)
    expect(transfer.transferredBytes).toBe(truth.bytes);
  if (truth.clientFindings !== undefined) expect(idsOf(findings, isOf(session)), text).toEqual(truth.clientFindings);
  if (scenario.name.startsWith('a wrong passive')) expect(session.dataConnections[0]!.outcome).toBe('unreachable');
}

function checkServer(session: Session, findings: readonly Finding[], scenario: Play): void {
  const { truth, host, program } = scenario;
  expect(session.vantage).toBe('server');
  expect(session.client.family).toBe(host === '::1' ? 'ipv6' : 'ipv4');
  const transfer = transferOf(session);
  // Pure-FTPd's log holds completed transfers and nothing else.
  if (program === 'pure-ftpd') {
    expect(transfer).toMatchObject({
      outcome: 'completed',
      direction: scenario.upload === undefined ? 'download' : 'upload',
    });
    return;
  }
  expect(session.login).toBe(truth.login);
  expect(setUps(session)).toEqual(truth.commands);
  expect(transfer?.outcome ?? null).toBe(truth.outcome);
  if (truth.serverFindings !== undefined) expect(idsOf(findings, isOf(session))).toEqual(truth.serverFindings);
}

const PLAIN = {
  ...{ rate: 0, masquerade: null, tls: null, demandsReuse: false, quotaBytes: null },
  ...{ fileBytes: null, diskBytes: null, passivePort: null, timers: null },
} as const;
const isMountPermitted = isRoot && canMount();

/** Which servers a scenario cannot be played with. */
function isPossible(program: ServerPlan['program'], { plan, truth, client, only }: Scenario): boolean {
  if (only !== undefined && !only.includes(program)) return false;
  if (plan?.diskBytes != null && !isMountPermitted) return false;
  // TLS of ProFTPD is a package of its own, Pure-FTPd has one certificate for the whole machine, and pyftpdlib 1.5.7 resets
  // data connections of curl 7.88.
  if (plan?.tls) return program === 'vsftpd';
  return !(program === 'pure-ftpd' && (truth.login === 'refused' || client === 'lftp'));
}

const isClientThere = (client: Scenario['client']) =>
  client === 'ftplib' ? existsSync('/usr/bin/python3') : findProgram(client) !== null;

/** Puts up what stands between the two, and the server. */
async function stage(scenario: Scenario, program: ServerPlan['program'], started: Between[]): Promise<Play> {
  const { host, dataPorts, clientPort, plan } = scenario;
  const keep = (between: Between) => {
    started.push(between);
    return between.port;
  };
  const silentHost = dataPorts === 'silent' ? RELAY_HOST : host;
  const isSilent = dataPorts === 'silent' || clientPort === 'silent';
  const silent = isSilent ? keep(await startSilentPorts(silentHost)) : null;
  const passivePort = dataPorts === 'silent' ? silent : null;
  return {
    ...scenario,
    ...{ program, plan: { ...plan, passivePort }, truth: { ...scenario.truth, ...scenario.truths?.[program] } },
    ...{ place: { host, port: 0 }, announcedPort: clientPort === 'closed' ? await freePort(host) : silent },
  };
}

describe.each(SERVERS.filter((program) => missing.length === 0 || isThere(program)))(
  '%s',
  { timeout, retry },
  (program) => {
    const clients = scenarios.filter((scenario) => isClientThere(scenario.client) && isPossible(program, scenario));
    it.each(clients)('and $client: $name', async (scenario) => {
      const folder = mkdtempSync(path.join(work, 's-'));
      const tree = path.join(folder, 'tree');
      chmodSync(folder, 0o755);
      makeTree(tree);
      const started: Between[] = [];
      let server: RunningServer | null = null;
      try {
        const staged = await stage(scenario, program, started);
        server = await startServer({ program, host: scenario.host, ...PLAIN, ...staged.plan }, folder, tree);
        const relay = scenario.dataPorts === undefined ? null : await startRelay(scenario.host, server.port);
        if (relay !== null) started.push(relay);
        const play: Play = {
          ...staged,
          place: relay === null ? { host: scenario.host, port: server.port } : { host: RELAY_HOST, port: relay.port },
        };
        const transcript = await runClient(play, server);
        const text = Buffer.from(transcript).toString();
        const { sessions, findings } = analyseOne(transcript);
        expect(sessions, text).toHaveLength(1);
        checkClient(sessions[0]!, findings, play, text);
        await checkLog(server, play);
        if (program !== 'pure-ftpd') checkBoth(transcript, server, play.truth);
      } finally {
        server?.stop();
        for (const between of started) between.close();
      }
    });
  },
);

/** Reads the server's log until it says what happened, or the time is over. */
async function checkLog(server: RunningServer, scenario: Play): Promise<void> {
  const { truth, program } = scenario;
  const isLogged =
    truth.isUnlogged !== true &&
    (program !== 'pure-ftpd' || (truth.outcome === 'completed' && truth.bytes !== undefined));
  // Who is killed writes no last word.
  if (!isLogged || scenario.killServerAfterMs !== undefined) return;
  for (const endAt = Date.now() + LOGGED_MS; ; ) {
    const log = server.readLog();
    try {
      const { sessions, findings } = analyseOne(log);
      // The test's own look at the port is a session without any command.
      const played = sessions.filter(
        ({ commandCount, transfers, end }) => commandCount > 0 || transfers.length > 0 || end === 'timed-out',
      );
      expect(played, Buffer.from(log).toString()).toHaveLength(1);
      checkServer(played[0]!, findings, scenario);
      checkSystemLog(server, truth);
      return;
    } catch (error) {
      if (Date.now() > endAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

function checkSystemLog(server: RunningServer, { systemFindings }: Truth): void {
  if (systemFindings === undefined) return;
  const { sessions, findings } = analyseOne(server.readSystemLog()!);
  const session = sessions.find(({ end }) => end === 'timed-out');
  expect(idsOf(findings, isOf(session))).toEqual(systemFindings);
}

/** What both records show together. */
function checkBoth(transcript: Uint8Array, server: RunningServer, { pairFindings }: Truth): void {
  if (pairFindings === undefined) return;
  const both = analyse([
    { path: 'client', bytes: transcript },
    { path: 'server', bytes: server.readLog() },
  ]);
  expect(idsOf(both.findings, ({ pair }) => pair !== null)).toEqual(pairFindings);
}
