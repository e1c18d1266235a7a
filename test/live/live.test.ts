import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src/core/report.ts';
import { analyse } from '../../src/index.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { findProgram, makeTree, type RunningServer, type ServerPlan, startServer } from './servers.ts';

const isRoot = process.getuid?.() === 0;
const isRequired = process.env['CI'] === 'true';
/** Programs that only root can start as they are meant to run. */
const SERVERS = ['vsftpd', 'proftpd', 'pure-ftpd', 'pyftpdlib'] as const;
const timeout = 90_000;
const CLIENT_MS = 40_000;
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

/** What the client wrote down, while it ran and until it ended or was killed. */
async function runClient(scenario: Scenario, server: RunningServer): Promise<Uint8Array> {
  const upload = path.join(work, `upload-${server.port}`);
  if (scenario.upload !== undefined) writeFileSync(upload, Buffer.alloc(scenario.upload, 'u'));
  const scheme = scenario.plan?.tls === 'implicit' ? 'ftps' : 'ftp';
  const place = `${scenario.host === '::1' ? '[::1]' : scenario.host}:${server.port}`;
  const { user, password } = server;
  const [command, args] =
    scenario.client === 'curl'
      ? [
          'curl',
          [
            '-v',
            '-sS',
            '-o',
            '/dev/null',
            '-u',
            `${user}:${password}`,
            ...scenario.args,
            ...(scenario.upload === undefined ? [] : ['-T', upload]),
            `${scheme}://${place}/${scenario.path}`,
          ],
        ]
      : [
          'lftp',
          [
            '-c',
            `debug 5; set net:max-retries 1; set ftp:ssl-allow no; ${scenario.args.join('; ')}; open -u ${user},${password} ftp://${place}; get ${scenario.path} -o ${path.join(work, `got-${server.port}`)}`,
          ],
        ];
  const child = spawn(command as string, args as string[], {
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
    if (isTransferring || !/^< 1(?:25|50)[ -]/m.test(text.toString('latin1'))) return;
    isTransferring = true;
    if (scenario.killServerAfterMs !== undefined) setTimeout(() => server.stop(), scenario.killServerAfterMs);
    if (scenario.killAfterMs === undefined) return;
    clearTimeout(killer);
    killer = setTimeout(() => child.kill('SIGKILL'), scenario.killAfterMs);
  });
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(killer);
  return new Uint8Array(Buffer.concat(pieces));
}

const analyseOne = (bytes: Uint8Array) => analyse([{ path: 'a', bytes }]).sessions;
const setUps = (session: Session) => session.dataConnections.map(({ command }) => command);
const transferOf = (session: Session) => session.transfers.at(-1) ?? null;

function checkClient(session: Session, scenario: Scenario, text: string): void {
  const { truth, host } = scenario;
  const family = host === '::1' ? 'ipv6' : 'ipv4';
  expect(session).toMatchObject({ vantage: 'client', login: truth.login });
  expect(setUps(session)).toEqual(truth.commands);
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
  if (scenario.name.startsWith('a wrong passive')) expect(session.dataConnections[0]!.outcome).toBe('unreachable');
}

function checkServer(session: Session, scenario: Scenario, program: ServerPlan['program']): void {
  const { truth, host } = scenario;
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
}

const PLAIN = { rate: 0, masquerade: null, tls: null, demandsReuse: false, quotaBytes: null } as const;

/** Which servers a scenario cannot be played with. */
function isPossible(program: ServerPlan['program'], { plan, truth, client, only }: Scenario): boolean {
  if (only !== undefined && only !== program) return false;
  // TLS of ProFTPD is a package of its own, Pure-FTPd has one certificate for the whole machine, and pyftpdlib 1.5.7 resets
  // data connections of curl 7.88.
  if (plan?.tls) return program === 'vsftpd';
  return !(program === 'pure-ftpd' && (truth.login === 'refused' || client === 'lftp'));
}

describe.each(SERVERS.filter((program) => missing.length === 0 || isThere(program)))('%s', { timeout }, (program) => {
  const clients = scenarios.filter(
    (scenario) => findProgram(scenario.client) !== null && isPossible(program, scenario),
  );
  it.each(clients)('and $client: $name', async (scenario) => {
    const folder = mkdtempSync(path.join(work, 's-'));
    const tree = path.join(folder, 'tree');
    chmodSync(folder, 0o755);
    makeTree(tree);
    const plan: ServerPlan = { program, host: scenario.host, ...PLAIN, ...scenario.plan };
    const server = await startServer(plan, folder, tree);
    try {
      const transcript = await runClient(scenario, server);
      const [client, ...others] = analyseOne(transcript);
      expect(others, Buffer.from(transcript).toString()).toEqual([]);
      expect(client, Buffer.from(transcript).toString()).toBeDefined();
      checkClient(client!, scenario, Buffer.from(transcript).toString());
      await checkLog(server, scenario, program);
    } finally {
      server.stop();
    }
  });
});

/** Reads the server's log until it says what happened, or the time is over. */
async function checkLog(server: RunningServer, scenario: Scenario, program: ServerPlan['program']): Promise<void> {
  const isLogged =
    program !== 'pure-ftpd' || (scenario.truth.outcome === 'completed' && scenario.truth.bytes !== undefined);
  // Who is killed writes no last word.
  if (!isLogged || scenario.killServerAfterMs !== undefined) return;
  for (const endAt = Date.now() + LOGGED_MS; ; ) {
    const log = server.readLog();
    try {
      // The test's own look at the port is a session without any command.
      const sessions = analyseOne(log).filter(
        ({ commandCount, transfers }) => commandCount > 0 || transfers.length > 0,
      );
      expect(sessions, Buffer.from(log).toString()).toHaveLength(1);
      checkServer(sessions[0]!, scenario, program);
      return;
    } catch (error) {
      if (Date.now() > endAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}
