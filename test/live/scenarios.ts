import type { DataCommand, Outcome, Session } from '../../src/core/report.ts';
import { BIG_BYTES, type ServerPlan } from './servers.ts';

type Program = ServerPlan['program'];

/** One meeting of a client and a server, and what truly happened. */
export interface Scenario {
  readonly name: string;
  readonly host: ServerPlan['host'];
  readonly client: 'curl' | 'lftp' | 'ftplib';
  /** Arguments of curl before the URL, commands of lftp, or what ftplib_client.py does. */
  readonly args: readonly string[];
  readonly path: string;
  readonly plan?: Partial<ServerPlan>;
  /** Milliseconds after the transfer began after which the client is killed. */
  readonly killAfterMs?: number;
  /** Milliseconds after the transfer began after which the server and what it started are killed. */
  readonly killServerAfterMs?: number;
  /** Whether the client is stopped when the transfer began, until the server gives up. */
  readonly stops?: boolean;
  /** What the client meets at the server's data ports, of which only the control connection is passed on: nobody, or silence. */
  readonly dataPorts?: 'closed' | 'silent';
  /** What the server meets at the port that the client names. */
  readonly clientPort?: 'closed' | 'silent';
  /** Bytes of a file that is stored at `path`. */
  readonly upload?: number;
  /** The servers that it is played with; absent = all that it is possible with. */
  readonly only?: readonly Program[];
  readonly truth: Truth;
  /** What is otherwise with one server. */
  readonly truths?: Partial<Readonly<Record<Program, Partial<Truth>>>>;
}

/** What truly happened. */
export interface Truth {
  readonly login: Session['login'];
  /** What the client's transcript can tell of it, where that is not the same. */
  readonly clientLogin?: Session['login'];
  /** The commands that set up data connections, in order. */
  readonly commands: readonly DataCommand[];
  /** Of the one transfer; null if there was none. */
  readonly outcome: Outcome | null;
  /** What the client's transcript says of it, where that is not the same: curl does not print every last reply. */
  readonly clientOutcome?: Outcome;
  readonly bytes?: number;
  readonly tls?: 'explicit' | 'implicit';
  /** Reply code that the client's transcript shows among its errors. */
  readonly error?: number;
  /** Findings beyond hints and habits in the client's transcript, in the server's log, and in both read together. */
  readonly clientFindings?: readonly string[];
  readonly serverFindings?: readonly string[];
  readonly pairFindings?: readonly string[];
  /** The same, in the log where the server tells of itself. */
  readonly systemFindings?: readonly string[];
  /** Whether the server's log has nothing of it. */
  readonly isUnlogged?: boolean;
}

const done = { login: 'accepted', outcome: 'completed', bytes: 21 } as const;
const SLOW = 200 * 1024;
/** Seconds of the servers' timers: long enough for a client that is kept waiting by a busy machine. */
const SOON = 4;
/** Programs with timers of seconds; Pure-FTPd counts minutes. */
const TIMED = ['vsftpd', 'proftpd', 'pyftpdlib'] as const;
/** Those whose timer ends every transfer of a client that is stopped; vsftpd's is now and then without effect. */
const STALL_SENSITIVE = ['proftpd', 'pyftpdlib'] as const;

/** ProFTPD closes a session that stalls without a word, and tells why in its system log only. */
const PROFTPD_SYSTEM = { systemFindings: ['transfer-426-stall-timeout'] } as const;
const PROFTPD_STALLED: Partial<Truth> = {
  ...{ clientOutcome: 'failed', clientFindings: ['control-connection-broken'] },
  ...{ serverFindings: ['transfer-426-undetermined'], ...PROFTPD_SYSTEM, pairFindings: [] },
};
const LFTP_IMPATIENT = ['set ftp:prefer-epsv yes', 'set net:timeout 8'];

/** One finding that each record shows. */
function found(...ids: readonly string[]): Pick<Truth, 'clientFindings' | 'serverFindings'> {
  return { clientFindings: ids, serverFindings: ids };
}

function both(scenario: Scenario): Scenario[] {
  return [scenario, { ...scenario, name: `${scenario.name}, IPv6`, host: '::1' }];
}

/** What every server goes through. */
export const scenarios: readonly Scenario[] = [
  ...both({
    name: 'EPSV',
    host: '127.0.0.1',
    client: 'curl',
    args: [],
    path: 'pub/small.txt',
    truth: { ...done, commands: ['EPSV'] },
  }),
  {
    name: 'PASV',
    host: '127.0.0.1',
    client: 'curl',
    args: ['--disable-epsv'],
    path: 'pub/small.txt',
    truth: { ...done, commands: ['PASV'] },
  },
  {
    name: 'EPRT',
    host: '127.0.0.1',
    client: 'curl',
    args: ['-P', '127.0.0.1'],
    path: 'pub/small.txt',
    truth: { ...done, commands: ['EPRT'] },
  },
  {
    name: 'EPRT, IPv6',
    host: '::1',
    client: 'curl',
    args: ['-P', '::1'],
    path: 'pub/small.txt',
    truth: { ...done, commands: ['EPRT'] },
  },
  {
    name: 'PORT',
    host: '127.0.0.1',
    client: 'curl',
    args: ['-P', '127.0.0.1', '--disable-eprt'],
    path: 'pub/small.txt',
    truth: { ...done, commands: ['PORT'] },
  },
  {
    name: 'a listing',
    host: '127.0.0.1',
    client: 'curl',
    args: [],
    path: 'pub/',
    truth: { login: 'accepted', outcome: 'completed', commands: ['EPSV'] },
  },
  {
    name: 'a missing file',
    host: '127.0.0.1',
    client: 'curl',
    args: [],
    path: 'pub/none.txt',
    truth: { login: 'accepted', outcome: null, commands: ['EPSV'], error: 550 },
  },
  {
    name: 'a wrong password',
    host: '127.0.0.1',
    client: 'curl',
    args: ['-u', 'mallory:wr0ng'],
    path: 'pub/small.txt',
    truth: { login: 'refused', outcome: null, commands: [], error: 530 },
  },
  {
    name: 'a client that gives up',
    host: '127.0.0.1',
    client: 'curl',
    // Counted from the first byte of data, however long the login took.
    args: ['--speed-limit', '100000000', '--speed-time', '2'],
    path: 'pub/big.bin',
    plan: { rate: SLOW },
    truth: { login: 'accepted', outcome: 'aborted', commands: ['EPSV'] },
  },
  {
    name: 'a client that is killed',
    host: '::1',
    client: 'curl',
    args: [],
    path: 'pub/big.bin',
    plan: { rate: SLOW },
    killAfterMs: 1_500,
    truth: { login: 'accepted', outcome: 'aborted', commands: ['EPSV'] },
  },
  {
    name: 'a wrong passive address',
    host: '127.0.0.1',
    client: 'curl',
    args: ['--disable-epsv', '--no-ftp-skip-pasv-ip', '--connect-timeout', '20'],
    path: 'pub/small.txt',
    plan: { masquerade: '127.9.9.9' },
    truth: { login: 'accepted', outcome: null, commands: ['PASV'] },
  },
  {
    name: 'explicit TLS',
    host: '127.0.0.1',
    client: 'curl',
    args: ['--ssl-reqd', '-k', '--tls-max', '1.2'],
    path: 'pub/small.txt',
    plan: { tls: 'explicit' },
    truth: { ...done, commands: ['EPSV'], tls: 'explicit' },
  },
  {
    name: 'implicit TLS',
    host: '127.0.0.1',
    client: 'curl',
    args: ['-k', '--tls-max', '1.2'],
    path: 'pub/small.txt',
    plan: { tls: 'implicit' },
    truth: { ...done, commands: ['EPSV'], tls: 'implicit' },
  },
  {
    name: 'a demanded resumption of TLS',
    host: '127.0.0.1',
    client: 'curl',
    args: ['--ssl-reqd', '-k', '--tls-max', '1.2'],
    path: 'pub/small.txt',
    plan: { tls: 'explicit', demandsReuse: true },
    truth: { ...done, commands: ['EPSV'], tls: 'explicit' },
  },
  {
    name: 'a demanded resumption of TLS that does not come',
    host: '127.0.0.1',
    client: 'curl',
    args: ['--ssl-reqd', '-k', '--tls-max', '1.2', '--no-sessionid'],
    path: 'pub/small.txt',
    plan: { tls: 'explicit', demandsReuse: true },
    truth: { login: 'accepted', outcome: 'failed', clientOutcome: 'aborted', commands: ['EPSV'], tls: 'explicit' },
  },
  ...both({
    name: 'an upload',
    host: '127.0.0.1',
    client: 'curl',
    args: [],
    path: 'in/new.bin',
    upload: 50_000,
    truth: { ...done, bytes: 50_000, commands: ['EPSV'] },
  }),
  {
    name: 'an upload beyond the quota',
    host: '127.0.0.1',
    client: 'curl',
    args: [],
    path: 'in/new.bin',
    // Little enough for curl to be done with it before the server says no.
    upload: 20_000,
    only: ['pure-ftpd', 'proftpd'],
    plan: { quotaBytes: 10_000 },
    truth: {
      ...{ login: 'accepted', outcome: 'failed', commands: ['EPSV'], error: 552 },
      ...found('storage-quota-exceeded'),
    },
  },
  {
    name: 'a server that is killed',
    host: '127.0.0.1',
    client: 'curl',
    args: [],
    path: 'pub/big.bin',
    plan: { rate: SLOW },
    killServerAfterMs: 1_500,
    truth: { login: 'accepted', outcome: 'aborted', commands: ['EPSV'] },
  },
  {
    name: 'lftp',
    host: '127.0.0.1',
    client: 'lftp',
    args: ['set ftp:prefer-epsv yes'],
    path: 'pub/small.txt',
    truth: { ...done, commands: ['EPSV'] },
  },
  {
    name: 'an idle session',
    host: '127.0.0.1',
    client: 'ftplib',
    args: ['idle'],
    path: 'pub/small.txt',
    only: TIMED,
    plan: { timers: { idle: SOON } },
    truth: { ...done, commands: ['PASV'], error: 421, ...found('idle-timeout-421') },
    // Its log of commands does not tell what it says unasked.
    truths: { proftpd: { serverFindings: [] } },
  },
  {
    name: 'a client that does not log in',
    host: '127.0.0.1',
    client: 'ftplib',
    args: ['no-login'],
    path: 'pub/small.txt',
    only: TIMED,
    plan: { timers: { login: SOON } },
    truth: {
      ...{ login: 'none', clientLogin: 'unknown', outcome: null, commands: [], error: 421 },
      ...found('login-timeout-421'),
    },
    truths: { proftpd: { isUnlogged: true } },
  },
  {
    name: 'keep-alives without a transfer',
    host: '127.0.0.1',
    client: 'ftplib',
    args: ['keep-alive'],
    path: 'pub/small.txt',
    only: ['proftpd'],
    plan: { timers: { noTransfer: SOON } },
    truth: {
      ...{ login: 'accepted', outcome: null, commands: [], error: 421 },
      ...{ clientFindings: ['no-transfer-timeout-421'], serverFindings: [] },
    },
  },
  {
    name: 'a set-up that no transfer follows',
    host: '127.0.0.1',
    client: 'ftplib',
    args: ['set-up-only'],
    path: 'pub/small.txt',
    only: ['proftpd'],
    plan: { timers: { noTransfer: SOON } },
    truth: {
      ...{ login: 'accepted', outcome: null, commands: ['PASV'], error: 421 },
      ...{ clientFindings: ['no-transfer-timeout-421'], serverFindings: [] },
      systemFindings: ['data-connection-never-arrived'],
    },
  },
  {
    name: 'a client that stops reading',
    host: '127.0.0.1',
    client: 'ftplib',
    args: ['stalled-download'],
    path: 'pub/huge.bin',
    only: STALL_SENSITIVE,
    plan: { timers: { data: SOON } },
    truth: {
      ...{ login: 'accepted', outcome: 'aborted', commands: ['PASV'] },
      ...found('transfer-426-stall-timeout'),
      pairFindings: ['transfer-426-stall-timeout'],
    },
    truths: { proftpd: PROFTPD_STALLED },
  },
  {
    name: 'a client that stops sending',
    host: '127.0.0.1',
    client: 'ftplib',
    args: ['stalled-upload'],
    path: 'in/new.bin',
    only: TIMED,
    plan: { timers: { data: SOON } },
    truth: {
      ...{ login: 'accepted', outcome: 'aborted', commands: ['PASV'] },
      ...found('transfer-426-stall-timeout'),
      pairFindings: ['transfer-426-stall-timeout'],
    },
    truths: { proftpd: PROFTPD_STALLED },
  },
  {
    name: 'a download by a client that is stopped',
    host: '127.0.0.1',
    client: 'curl',
    args: ['--limit-rate', '20M'],
    path: 'pub/huge.bin',
    only: STALL_SENSITIVE,
    plan: { timers: { data: SOON } },
    stops: true,
    truth: {
      ...{ login: 'accepted', outcome: 'aborted', commands: ['EPSV'] },
      ...{ clientFindings: ['transfer-426-undetermined'], serverFindings: ['transfer-426-stall-timeout'] },
      pairFindings: ['transfer-426-stall-timeout'],
    },
    truths: { proftpd: { serverFindings: ['transfer-426-undetermined'], ...PROFTPD_SYSTEM, pairFindings: [] } },
  },
  {
    name: 'an upload by a client that is stopped',
    host: '127.0.0.1',
    client: 'curl',
    args: ['--limit-rate', '100k'],
    path: 'in/new.bin',
    upload: BIG_BYTES,
    only: STALL_SENSITIVE,
    plan: { timers: { data: SOON } },
    stops: true,
    truth: {
      ...{ login: 'accepted', outcome: 'aborted', commands: ['EPSV'] },
      ...{ clientFindings: ['transfer-426-undetermined'], serverFindings: ['transfer-426-stall-timeout'] },
      pairFindings: ['transfer-426-stall-timeout'],
    },
    truths: { proftpd: { serverFindings: ['transfer-426-undetermined'], ...PROFTPD_SYSTEM, pairFindings: [] } },
  },
  {
    name: 'a download by a client that is stopped',
    host: '127.0.0.1',
    client: 'lftp',
    args: ['set net:limit-rate 20M'],
    path: 'pub/huge.bin',
    // ProFTPD closes the session without a word, and lftp begins anew.
    only: ['pyftpdlib'],
    plan: { timers: { data: SOON } },
    stops: true,
    truth: {
      ...{ login: 'accepted', outcome: 'aborted', commands: ['PASV'], error: 421 },
      ...found('transfer-426-stall-timeout'),
      pairFindings: ['transfer-426-stall-timeout'],
    },
  },
  {
    name: 'a client that never opens the data connection',
    host: '127.0.0.1',
    client: 'ftplib',
    args: ['never-connects'],
    path: 'pub/small.txt',
    only: TIMED,
    // ProFTPD has no timer for the data connection alone.
    plan: { timers: { connect: SOON, noTransfer: SOON } },
    truth: {
      ...{ login: 'accepted', outcome: 'failed', commands: ['EPSV'] },
      ...found('data-connection-never-arrived'),
    },
    truths: { proftpd: { outcome: null, clientOutcome: 'failed', serverFindings: [] } },
  },
  {
    name: 'closed data ports',
    host: '127.0.0.1',
    client: 'curl',
    args: [],
    path: 'pub/small.txt',
    dataPorts: 'closed',
    truth: {
      ...{ login: 'accepted', outcome: null, commands: ['EPSV', 'PASV'] },
      ...{ clientFindings: ['data-connect-refused', 'pasv-address-overridden-by-client'], serverFindings: [] },
      pairFindings: ['pair-data-syn-lost'],
    },
    truths: { proftpd: { pairFindings: [] } },
  },
  {
    name: 'data ports closed to EPSV alone',
    host: '127.0.0.1',
    client: 'curl',
    // PASV names the server's true address, past the relay.
    args: ['--no-ftp-skip-pasv-ip'],
    path: 'pub/small.txt',
    dataPorts: 'closed',
    truth: {
      ...done,
      commands: ['EPSV', 'PASV'],
      ...{ clientFindings: ['epsv-blocked-pasv-works'], serverFindings: [] },
    },
  },
  ...(['ftplib', 'curl', 'lftp'] as const).map(
    (client): Scenario => ({
      name: 'data ports that answer nothing',
      host: '127.0.0.1',
      client,
      args: { ftplib: ['impatient'], curl: ['--disable-epsv', '--connect-timeout', '10'], lftp: LFTP_IMPATIENT }[
        client
      ],
      path: 'pub/small.txt',
      dataPorts: 'silent',
      ...(client === 'ftplib' ? {} : { only: [client === 'curl' ? 'vsftpd' : 'pyftpdlib'] }),
      truth: {
        ...{ login: 'accepted', outcome: null, commands: [client === 'lftp' ? 'EPSV' : 'PASV'] },
        clientFindings: ['data-connect-timeout', ...(client === 'curl' ? ['pasv-address-overridden-by-client'] : [])],
        serverFindings: [],
        pairFindings: ['pair-data-syn-lost'],
      },
      truths: { proftpd: { pairFindings: [] } },
    }),
  ),
  ...(['PORT', 'EPRT'] as const).map(
    (command): Scenario => ({
      name: `${command} to a closed port`,
      host: command === 'PORT' ? '127.0.0.1' : '::1',
      client: 'ftplib',
      args: [command],
      path: 'pub/small.txt',
      clientPort: 'closed',
      truth: {
        ...{ login: 'accepted', outcome: 'failed', commands: [command], error: 425 },
        ...found('active-connect-failed'),
      },
      // It connects before it answers PORT.
      truths: { pyftpdlib: { outcome: null } },
    }),
  ),
  {
    name: 'PORT to a port that answers nothing',
    host: '127.0.0.1',
    client: 'ftplib',
    args: ['PORT'],
    path: 'pub/small.txt',
    clientPort: 'silent',
    only: TIMED,
    plan: { timers: { connect: SOON, noTransfer: SOON } },
    truth: {
      ...{ login: 'accepted', outcome: 'failed', commands: ['PORT'] },
      ...found('active-connect-failed'),
    },
    truths: {
      pyftpdlib: { outcome: null },
      proftpd: { outcome: null, clientOutcome: 'failed', serverFindings: [] },
    },
  },
  ...(['fileBytes', 'diskBytes'] as const).map(
    (limit): Scenario => ({
      name: limit === 'fileBytes' ? "an upload beyond the system's limit of a file" : 'an upload to a full disk',
      host: '127.0.0.1',
      client: 'curl',
      args: [],
      path: 'in/new.bin',
      upload: 50_000,
      // Enough for the server's own log.
      plan: { [limit]: 24 * 1024 },
      truth: {
        ...{ login: 'accepted', outcome: 'aborted', commands: ['EPSV'] },
        ...found('storage-disk-full'),
      },
      truths: { proftpd: found('transfer-451-local-error'), pyftpdlib: found('transfer-451-local-error') },
    }),
  ),
];
