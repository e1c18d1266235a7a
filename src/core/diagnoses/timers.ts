/** Timers that end connections, with their defaults, to recognise one by how long something lasted. */

import type { Product } from './products.ts';

/** A timer of a program; what it ends, and its default. */
export interface Timer {
  readonly product: Product | 'curl' | 'filezilla-client' | 'network';
  /** The setting's name, or what it is. */
  readonly name: string;
  readonly seconds: number;
  readonly ends: 'idle' | 'login' | 'transfer' | 'data-connect' | 'reply' | 'connect';
}

/** Defaults: FileZilla Server 0.9.60 and 1.9.4, vsftpd 3.0, ProFTPD 1.3.8, Pure-FTPd 1.0.50, curl 8, FileZilla client 3.6x. */
export const TIMERS: readonly Timer[] = [
  { product: 'filezilla-0.9', name: 'Connections timeout', seconds: 120, ends: 'idle' },
  { product: 'filezilla-0.9', name: 'Connections timeout', seconds: 120, ends: 'transfer' },
  { product: 'filezilla-0.9', name: 'Login timeout', seconds: 60, ends: 'login' },
  { product: 'filezilla-0.9', name: 'wait for the data connection', seconds: 10, ends: 'data-connect' },
  { product: 'filezilla-1', name: 'Activity timeout', seconds: 3600, ends: 'idle' },
  { product: 'filezilla-1', name: 'Activity timeout', seconds: 3600, ends: 'transfer' },
  { product: 'filezilla-1', name: 'Login timeout', seconds: 60, ends: 'login' },
  { product: 'vsftpd', name: 'idle_session_timeout', seconds: 300, ends: 'idle' },
  { product: 'vsftpd', name: 'data_connection_timeout', seconds: 300, ends: 'transfer' },
  { product: 'vsftpd', name: 'accept_timeout', seconds: 60, ends: 'data-connect' },
  { product: 'vsftpd', name: 'connect_timeout', seconds: 60, ends: 'data-connect' },
  { product: 'proftpd', name: 'TimeoutIdle', seconds: 600, ends: 'idle' },
  { product: 'proftpd', name: 'TimeoutNoTransfer', seconds: 300, ends: 'idle' },
  { product: 'proftpd', name: 'TimeoutStalled', seconds: 3600, ends: 'transfer' },
  { product: 'proftpd', name: 'TimeoutLogin', seconds: 300, ends: 'login' },
  { product: 'pure-ftpd', name: 'MaxIdleTime', seconds: 900, ends: 'idle' },
  { product: 'pure-ftpd', name: 'MaxIdleTime', seconds: 900, ends: 'transfer' },
  { product: 'curl', name: "curl's wait for a reply", seconds: 60, ends: 'reply' },
  { product: 'curl', name: "curl's wait for the server's connection", seconds: 60, ends: 'data-connect' },
  { product: 'curl', name: "curl's connect timeout", seconds: 300, ends: 'connect' },
  { product: 'filezilla-client', name: "FileZilla's timeout", seconds: 20, ends: 'reply' },
];

/** Idle limits that are common in firewalls and NAT devices, in seconds. */
export const NETWORK_SECONDS: readonly number[] = [300, 900, 1800, 3600, 7200];

/** Whether a measured time is a timer's: within 1 % and never less than the clock's step or a second. */
export function isNear(ms: number, seconds: number, resolutionMs: number | null): boolean {
  const tolerance = Math.max(seconds * 10, resolutionMs ?? 0, 1000);
  return Math.abs(ms - seconds * 1000) <= tolerance;
}

/** The product's timer that a measured time fits, or null. */
export function timerNear(
  ms: number,
  product: Product | null,
  ends: Timer['ends'],
  resolutionMs: number | null,
): Timer | null {
  if (product === null) return null;
  return (
    TIMERS.find(
      (timer) => timer.product === product && timer.ends === ends && isNear(ms, timer.seconds, resolutionMs),
    ) ?? null
  );
}

/** The timers that times clustered around `ms` may belong to, in words; empty when none is known. `ends`: only such timers. */
export function timersAround(
  ms: number,
  resolutionMs: number | null,
  ends: readonly Timer['ends'][] | null = null,
): readonly string[] {
  const names = new Set<string>();
  for (const { name, product, seconds, ends: ended } of TIMERS)
    if (isNear(ms, seconds, resolutionMs) && (ends === null || ends.includes(ended)))
      names.add(product in TITLES ? `${TITLES[product]!} ${name}` : name);
  if (NETWORK_SECONDS.some((seconds) => isNear(ms, seconds, resolutionMs))) names.add('an idle limit of a firewall');
  return [...names];
}

const TITLES: Readonly<Record<string, string>> = {
  'filezilla-0.9': 'FileZilla Server 0.9',
  'filezilla-1': 'FileZilla Server 1.x',
  vsftpd: 'vsftpd',
  proftpd: 'ProFTPD',
  'pure-ftpd': 'Pure-FTPd',
};
