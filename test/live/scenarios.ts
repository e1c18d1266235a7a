import type { DataCommand, Outcome } from '../../src/core/report.ts';
import type { ServerPlan } from './servers.ts';

/** One meeting of a client and a server, and what truly happened. */
export interface Scenario {
  readonly name: string;
  readonly host: ServerPlan['host'];
  readonly client: 'curl' | 'lftp';
  /** Arguments of curl before the URL, or commands of lftp. */
  readonly args: readonly string[];
  readonly path: string;
  readonly plan?: Partial<ServerPlan>;
  /** Milliseconds after the transfer began after which the client is killed. */
  readonly killAfterMs?: number;
  /** Milliseconds after the transfer began after which the server and what it started are killed. */
  readonly killServerAfterMs?: number;
  /** Bytes of a file that is stored at `path`. */
  readonly upload?: number;
  /** The servers that it is played with; absent = all that it is possible with. */
  readonly only?: ServerPlan['program'];
  readonly truth: {
    readonly login: 'accepted' | 'refused';
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
  };
}

const done = { login: 'accepted', outcome: 'completed', bytes: 21 } as const;
const SLOW = 200 * 1024;

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
    only: 'pure-ftpd',
    plan: { quotaBytes: 10_000 },
    truth: { login: 'accepted', outcome: 'failed', commands: ['EPSV'], error: 552 },
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
];
