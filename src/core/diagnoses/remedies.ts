/** Remedies that several diagnoses give, with the name that each product has for the setting. */

import type { Remedy } from '../report.ts';
import type { Session } from '../sessions/session.ts';
import { peerOf } from './dialogue.ts';
import { PRODUCT_NAMES, serverOf } from './products.ts';

/** Let the server tell its public address in 227. */
export const ANNOUNCE_PUBLIC_ADDRESS: readonly Remedy[] = [
  {
    side: 'server',
    text: 'Tell the FTP server its public address or host name, and let it keep the local address for local clients.',
  },
  {
    side: 'FileZilla Server 1.x',
    text: 'Server > Configure > FTP and FTP over TLS > Passive mode: set "Public IP or hostname", keep "Use local IP for local connections".',
  },
  {
    side: 'FileZilla Server 0.9',
    text: 'Settings > Passive mode settings: "Use the following IP", keep "Don\'t use external IP for local connections".',
  },
  { side: 'vsftpd', text: 'Set pasv_address=; with a host name also pasv_addr_resolve=YES.' },
  { side: 'ProFTPD', text: 'Set MasqueradeAddress.' },
  { side: 'Pure-FTPd', text: 'Set ForcePassiveIP.' },
  { side: 'IIS', text: 'FTP Firewall Support: set "External IP Address of Firewall".' },
];

/** Ignore the address in 227. */
export const IGNORE_ANNOUNCED_ADDRESS: readonly Remedy[] = [
  {
    side: 'client',
    text: 'curl before 7.74.0: add --ftp-skip-pasv-ip, or update; a client that uses EPSV never sees the wrong address.',
  },
];

/** Fix a passive port range, open it, forward it. */
export const OPEN_PASSIVE_RANGE: readonly Remedy[] = [
  {
    side: 'server',
    text: 'Give the server a fixed passive port range (for example 50000-51000) and allow exactly these TCP ports in its firewall.',
  },
  { side: 'FileZilla Server 1.x', text: 'Passive mode > "Use custom port range".' },
  { side: 'FileZilla Server 0.9', text: 'Passive mode settings > "Use custom port range".' },
  { side: 'vsftpd', text: 'Set pasv_min_port= and pasv_max_port=.' },
  { side: 'ProFTPD', text: 'Set PassivePorts.' },
  { side: 'Pure-FTPd', text: 'Set PassivePortRange.' },
  { side: 'IIS', text: 'FTP Firewall Support: set "Data Channel Port Range", then restart the FTP service.' },
  {
    side: 'network',
    text: 'Allow the range in the cloud security group and forward it in the NAT router, with the port numbers unchanged.',
  },
];

const NETWORK_BETWEEN: Remedy = { side: 'network', text: 'Allow the range in every firewall between the two hosts.' };

/** {@link OPEN_PASSIVE_RANGE} as far as it concerns the session: between two hosts of one network nothing is forwarded. */
export function openPassiveRange(session: Session): readonly Remedy[] {
  const { range } = peerOf(session);
  if (range === 'private' || range === 'link-local')
    return OPEN_PASSIVE_RANGE.map((remedy) => (remedy.side === 'network' ? NETWORK_BETWEEN : remedy));
  return OPEN_PASSIVE_RANGE;
}

/** Passive mode in place of active mode. */
export const USE_PASSIVE_MODE: readonly Remedy[] = [
  {
    side: 'client',
    text: 'Use passive mode: curl without -P, FileZilla with transfer mode Default or Passive, `passive` in command-line clients.',
  },
];

/** TLS for the login. */
export const REQUIRE_TLS: readonly Remedy[] = [
  {
    side: 'client',
    text: 'Ask for explicit TLS: curl --ssl-reqd with an ftp:// URL, FileZilla "Require explicit FTP over TLS".',
  },
  { side: 'server', text: 'Install a certificate and refuse logins without TLS.' },
  { side: 'FileZilla Server 0.9', text: 'FTP over TLS settings: "Disallow plain unencrypted FTP".' },
  { side: 'FileZilla Server 1.x', text: 'Set the listener\'s protocol to "Require explicit FTP over TLS".' },
  { side: 'vsftpd', text: 'Set ssl_enable=YES, force_local_logins_ssl=YES and force_local_data_ssl=YES.' },
  { side: 'ProFTPD', text: 'Set TLSRequired on.' },
  { side: 'Pure-FTPd', text: 'Start it with --tls=2.' },
];

/** Encrypt the data connection. */
export const PROTECT_DATA: readonly Remedy[] = [
  {
    side: 'client',
    text: 'Send PBSZ 0 and PROT P before the first transfer: curl --ssl-reqd without --ftp-ssl-control.',
  },
];

/** Switch off what reads and rewrites FTP in the network. */
export const SWITCH_HELPER_OFF: readonly Remedy[] = [
  {
    side: 'network',
    text: 'Switch the FTP helper (FTP ALG, FTP inspection) of the firewall or router off and use a static passive port range.',
  },
];

/** Look at what the client wrote. */
export const READ_CLIENT_LOG: Remedy = {
  side: 'client',
  text: "Look at the client's own log of the same minute: it says whether the user, a local error or the network ended the transfer.",
};

/** Look at what the server wrote. */
export const READ_SERVER_LOG: Remedy = {
  side: 'server',
  text: 'Look in its log of the same minute: it says whether the client, a limit or an error of its own ended the transfer.',
};

/** Continue where the transfer ended. */
export const RESUME: Remedy = {
  side: 'client',
  text: 'Resume the transfer (curl -C -, "Resume" in FileZilla) and compare the sizes afterwards.',
};

const PRODUCT_SIDES: ReadonlySet<string> = new Set(Object.values(PRODUCT_NAMES));

/**
 * The remedies that fit: without those of other products once the server is known, and without those in the network where both
 * sides are one host.
 */
export function remediesFor(remedies: readonly Remedy[], session: Session): readonly Remedy[] {
  const { candidates } = serverOf(session);
  const names = candidates?.map((product) => PRODUCT_NAMES[product]);
  const isOneHost = peerOf(session).range === 'loopback';
  return remedies.filter(({ side }) => {
    if (side === 'network') return !isOneHost;
    return names === undefined || !PRODUCT_SIDES.has(side) || names.includes(side);
  });
}
