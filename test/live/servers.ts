import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const unpacked = process.env['FTPLENS_LIVE'] ?? '/usr/local/lib/ftplens-live';

/** Where a program is; null if it is not there. */
export function findProgram(name: string): string | null {
  const places = [
    path.join(unpacked, 'usr/sbin'),
    path.join(unpacked, 'usr/bin'),
    '/usr/sbin',
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  return places.map((place) => path.join(place, name)).find((file) => existsSync(file)) ?? null;
}

/** How a server is to be run. */
export interface ServerPlan {
  readonly program: 'vsftpd' | 'proftpd' | 'pure-ftpd' | 'pyftpdlib';
  readonly host: '127.0.0.1' | '::1';
  /** Bytes a second of a data connection; 0 = as fast as it goes. */
  readonly rate: number;
  /** Address that 227 names; null = the true one. */
  readonly masquerade: string | null;
  readonly tls: 'explicit' | 'implicit' | null;
  /** Whether data connections have to resume the TLS session of the control connection. */
  readonly demandsReuse: boolean;
  /** Bytes that the user may store; null = any. Only Pure-FTPd and ProFTPD have it. */
  readonly quotaBytes: number | null;
  /** Bytes that any file of the server may have; null = any. */
  readonly fileBytes: number | null;
  /** Bytes of the disk that `in/` lies on; null = that of the whole tree. */
  readonly diskBytes: number | null;
  /** First of the two ports for passive data connections; null = any. */
  readonly passivePort: number | null;
  /** Seconds until the server gives up; null = as it comes. */
  readonly timers: Timers | null;
}

/** Limits of a server's patience in seconds; what is not given is as it comes. */
export interface Timers {
  /** For the next command. */
  readonly idle?: number;
  /** For the login; vsftpd and pyftpdlib have no other timer for it than that for commands. */
  readonly login?: number;
  readonly noTransfer?: number;
  /** For the next bytes of a transfer. */
  readonly data?: number;
  /** For a data connection to come about. */
  readonly connect?: number;
}

/** A server that runs. */
export interface RunningServer {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readLog(): Uint8Array;
  /** Where it tells of itself, not of each command; null where that is the same. */
  readSystemLog(): Uint8Array | null;
  stop(): void;
}

/** Bytes of the file that takes seconds where the rate is low. */
export const BIG_BYTES = 3_000_000;

/** Bytes of a file that no buffer on the way holds. */
export const HUGE_BYTES = 1_000_000_000;

/** Makes the folder that servers show: pub/small.txt, pub/big.bin, pub/huge.bin, and in/, where anybody may write. */
export function makeTree(folder: string): void {
  mkdirSync(path.join(folder, 'pub'), { recursive: true });
  mkdirSync(path.join(folder, 'in'));
  writeFileSync(path.join(folder, 'pub/small.txt'), 'a file of 21 bytes\r\n\n');
  writeFileSync(path.join(folder, 'pub/big.bin'), Buffer.alloc(BIG_BYTES, 'x'));
  writeFileSync(path.join(folder, 'pub/huge.bin'), '');
  truncateSync(path.join(folder, 'pub/huge.bin'), HUGE_BYTES);
  chmodSync(path.join(folder, 'in'), 0o777);
  for (const name of [folder, path.join(folder, 'pub')]) chmodSync(name, 0o755);
}

/** A certificate for localhost with its key, in one file. */
export function makeCertificate(folder: string): string {
  const file = path.join(folder, 'server.pem');
  if (existsSync(file)) return file;
  const key = path.join(folder, 'key.pem');
  const args = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-keyout',
    key,
    '-out',
    file,
  ];
  execFileSync('openssl', args, { stdio: 'ignore' });
  writeFileSync(file, readFileSync(file, 'utf8') + readFileSync(key, 'utf8'));
  return file;
}

/** Starts a server in `work`, showing `tree`, and waits until it takes connections. */
export async function startServer(plan: ServerPlan, work: string, tree: string): Promise<RunningServer> {
  const port = await freePort(plan.host);
  const log = path.join(work, `${plan.program}-${port}.log`);
  writeFileSync(log, '');
  chmodSync(log, 0o666);
  const { command, args, env, user, password } = STARTS[plan.program](plan, port, log, work, tree);
  const [program, ...rest] = [...limitsOf(plan, tree), command, ...args];
  const child = spawn(program!, rest, { stdio: 'ignore', detached: true, env: { ...process.env, ...env } });
  const stop = () => {
    for (const pid of [...descendantsOf(child.pid!), -child.pid!])
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
  };
  try {
    await waitForPort(plan.host, port);
  } catch (error) {
    stop();
    throw error;
  }
  const systemLog = path.join(work, `${plan.program}-system-${port}.log`);
  return {
    ...{ port, user, password, stop },
    readLog: () => new Uint8Array(readFileSync(log)),
    readSystemLog: () => (existsSync(systemLog) ? new Uint8Array(readFileSync(systemLog)) : null),
  };
}

/** What has to stand before a server's command for it to run within limits; they end with its process. */
function limitsOf({ fileBytes, diskBytes }: ServerPlan, tree: string): readonly string[] {
  const steps: string[] = [];
  if (diskBytes !== null) steps.push(`mount -t tmpfs -o mode=777,size=${diskBytes} tmpfs '${path.join(tree, 'in')}'`);
  // Without the trap the signal would kill the server.
  if (fileBytes !== null) steps.push("trap '' XFSZ", `ulimit -f ${Math.ceil(fileBytes / ULIMIT_BYTES)}`);
  if (steps.length === 0) return [];
  const shell = ['/bin/sh', '-c', [...steps, 'exec "$0" "$@"'].join(' && ')];
  return diskBytes === null ? shell : ['unshare', '-m', ...shell];
}

const ULIMIT_BYTES = 512;

/** Whether a disk of its own can be given to a server: a container's root often may not. */
export function canMount(): boolean {
  return spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()], { stdio: 'ignore' }).status === 0;
}

/** The processes that a process began, and those that they began: servers put them into groups of their own. */
function descendantsOf(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) && Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'latin1'))?.[1]) === pid
      );
    } catch {
      return false;
    }
  });
  return children.flatMap((name) => [Number(name), ...descendantsOf(Number(name))]);
}

interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly user: string;
  readonly password: string;
}
type StartOf = (plan: ServerPlan, port: number, log: string, work: string, tree: string) => Start;

const ANONYMOUS = { user: 'anonymous', password: 'me@example.com' };

const STARTS: Readonly<Record<ServerPlan['program'], StartOf>> = {
  vsftpd(plan, port, log, work, tree) {
    const isIpv6 = plan.host === '::1';
    mkdirSync(path.join(work, 'empty'), { recursive: true });
    const options = {
      ...{ listen: isIpv6 ? 'NO' : 'YES', listen_ipv6: isIpv6 ? 'YES' : 'NO', listen_port: port, background: 'NO' },
      [isIpv6 ? 'listen_address6' : 'listen_address']: plan.host,
      ...{ anonymous_enable: 'YES', local_enable: 'NO', anon_root: tree, ftp_username: 'games', write_enable: 'YES' },
      ...{
        anon_upload_enable: 'YES',
        anon_max_rate: plan.rate,
        no_anon_password: 'NO',
        secure_chroot_dir: path.join(work, 'empty'),
      },
      ...{
        seccomp_sandbox: 'NO',
        isolate: 'NO',
        isolate_network: 'NO',
        log_ftp_protocol: 'YES',
        xferlog_enable: 'YES',
      },
      ...{
        xferlog_std_format: 'NO',
        vsftpd_log_file: log,
        pasv_enable: 'YES',
        port_enable: 'YES',
        connect_from_port_20: 'NO',
      },
      ...(plan.masquerade === null ? {} : { pasv_address: plan.masquerade }),
      ...(plan.passivePort === null ? {} : { pasv_min_port: plan.passivePort, pasv_max_port: plan.passivePort + 1 }),
      ...given({
        idle_session_timeout: plan.timers?.idle ?? plan.timers?.login,
        data_connection_timeout: plan.timers?.data,
        accept_timeout: plan.timers?.connect,
        connect_timeout: plan.timers?.connect,
      }),
      ...(plan.tls
        ? {
            ...{ ssl_enable: 'YES', allow_anon_ssl: 'YES', rsa_cert_file: makeCertificate(work) },
            require_ssl_reuse: plan.demandsReuse ? 'YES' : 'NO',
            implicit_ssl: plan.tls === 'implicit' ? 'YES' : 'NO',
          }
        : {}),
    };
    const file = path.join(work, `vsftpd-${port}.conf`);
    writeFileSync(
      file,
      Object.entries(options)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    return { command: findProgram('vsftpd')!, args: [file], ...ANONYMOUS };
  },
  proftpd(plan, port, log, work, tree) {
    const users = path.join(work, `users-${port}`);
    const hash = execFileSync('openssl', ['passwd', '-5', 'w0nder1']).toString().trim();
    writeFileSync(users, `alice:${hash}:65534:65534::${tree}:/bin/sh\n`, { mode: 0o600 });
    const file = path.join(work, `proftpd-${port}.conf`);
    writeFileSync(
      file,
      `ServerName "test"
ServerType standalone
DefaultServer on
UseIPv6 on
DefaultAddress ${plan.host}
SocketBindTight on
Port ${port}
User nobody
Group nogroup
AuthUserFile ${users}
AuthOrder mod_auth_file.c
RequireValidShell off
DefaultRoot ${tree}
UseReverseDNS off
AllowForeignAddress on
WtmpLog off
ScoreboardFile ${work}/scoreboard-${port}
PidFile ${work}/proftpd-${port}.pid
DelayTable none
TransferLog none
SystemLog ${work}/proftpd-system-${port}.log
ExtendedLog ${log} ALL default
${plan.masquerade === null ? '' : `MasqueradeAddress ${plan.masquerade}`}
${plan.rate === 0 ? '' : `TransferRate RETR ${plan.rate / 1024}`}
${plan.passivePort === null ? '' : `PassivePorts ${plan.passivePort} ${plan.passivePort + 1}`}
${Object.entries(
  given({
    TimeoutIdle: plan.timers?.idle,
    TimeoutLogin: plan.timers?.login,
    TimeoutNoTransfer: plan.timers?.noTransfer,
    TimeoutStalled: plan.timers?.data,
  }),
)
  .map(([name, seconds]) => `${name} ${seconds}`)
  .join('\n')}
${quotaOf(plan, port, work)}
<Directory />
  AllowOverwrite on
</Directory>
`,
    );
    return { command: findProgram('proftpd')!, args: ['-n', '-q', '-c', file], user: 'alice', password: 'w0nder1' };
  },
  'pure-ftpd'(plan, port, log, work, tree) {
    const [users, database] = [path.join(work, `pure-${port}.users`), path.join(work, `pure-${port}.pdb`)];
    // pure-pw's own hash costs seconds and hundreds of megabytes at every login.
    const hash = execFileSync('openssl', ['passwd', '-5', 'w0nder1']).toString().trim();
    // The user's own quota file lies in his root.
    if (plan.quotaBytes !== null) chmodSync(tree, 0o777);
    writeFileSync(users, `alice:${hash}:65534:65534::${tree}/./:::::::${plan.quotaBytes ?? ''}:::::\n`, {
      mode: 0o600,
    });
    execFileSync(findProgram('pure-pw')!, ['mkdb', database, '-f', users], { stdio: 'ignore' });
    const bind = ['-S', `${plan.host},${port}`, plan.host === '::1' ? '-6' : '-4'];
    const args = [...bind, '-l', `puredb:${database}`, '-E', '-H', '-u', '1', '-O', `clf:${log}`];
    args.push('-g', path.join(work, `pure-${port}.pid`));
    if (plan.rate > 0) args.push('-T', `${Math.floor(plan.rate / 1024)}`);
    if (plan.masquerade !== null) args.push('-P', plan.masquerade);
    if (plan.passivePort !== null) args.push('-p', `${plan.passivePort}:${plan.passivePort + 1}`);
    return { command: findProgram('pure-ftpd')!, args, user: 'alice', password: 'w0nder1' };
  },
  pyftpdlib(plan, port, log, work, tree) {
    const script = path.join(import.meta.dirname, 'pyftpdlib_server.py');
    const certificate = plan.tls ? makeCertificate(work) : '-';
    const args = [script, plan.host, String(port), tree, log, String(plan.rate), plan.masquerade ?? '-', certificate];
    args.push(String(plan.passivePort ?? 0), JSON.stringify(plan.timers ?? {}));
    return { command: '/usr/bin/python3', args, user: 'alice', password: 'w0nder1' };
  },
};

/** Tables of mod_quotatab, and what makes ProFTPD use them. */
function quotaOf({ quotaBytes }: ServerPlan, port: number, work: string): string {
  if (quotaBytes === null) return '';
  const [limits, tallies] = [path.join(work, `limits-${port}`), path.join(work, `tallies-${port}`)];
  const quota = (...args: string[]) => execFileSync(findProgram('ftpquota')!, args, { stdio: 'ignore' });
  quota('--create-table', '--type=limit', `--table-path=${limits}`);
  quota('--create-table', '--type=tally', `--table-path=${tallies}`);
  const user = ['--name=alice', '--quota-type=user', '--limit-type=hard', '--units=byte'];
  quota('--add-record', '--type=limit', ...user, `--bytes-upload=${quotaBytes}`, `--table-path=${limits}`);
  return `ModulePath ${path.join(unpacked, 'usr/lib/proftpd')}
LoadModule mod_quotatab.c
LoadModule mod_quotatab_file.c
QuotaEngine on
QuotaLimitTable file:${limits}
QuotaTallyTable file:${tallies}`;
}

function given(options: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(options).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}

/** A port of `host` that is free. */
export async function freePort(host: string): Promise<number> {
  for (;;) {
    // Below those that the system gives to whoever connects or asks for any: nobody takes it before the server does.
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, host, () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

const START_MS = 30_000;

async function waitForPort(host: string, port: number): Promise<void> {
  for (const endAt = Date.now() + START_MS; Date.now() < endAt; ) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port }, () => resolve(true)).on('error', () => resolve(false));
      setTimeout(() => resolve(false), 2_000).unref();
      socket.on('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no server at ${host} port ${port}`);
}
