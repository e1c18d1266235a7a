/**
 * What the `* ` lines of curl 7.10 to 8.x mean. Patterns see the remark without leading blanks, one character a byte;
 * their named groups are facts: `address`, `port`, `text`, `value` and so on. The first row that fits counts.
 */
import { Failure, Note } from '../event.ts';

/** What a remark about a connection does; whether the control or the data connection is meant is another matter. */
export type Turn =
  /** curl is about to make a control connection to `host`, `port`. */
  | 'announce'
  /** An attempt to reach `address`, `port`; `rest` may hold its result. */
  | 'try'
  /** The attempt before succeeded. */
  | 'reach'
  /** A connection stands. */
  | 'connect'
  /** The server's data connection was accepted. */
  | 'accept'
  /** Where the data connection goes. */
  | 'aim'
  /** An attempt failed: `error`. */
  | 'fail'
  /** All attempts failed: `error`. */
  | 'giveUp'
  /** `host` has no address. */
  | 'resolveNot'
  /** curl goes on with a connection that it has. */
  | 'reuse'
  /** curl keeps the connection for later. */
  | 'keep'
  /** curl closes the connection. */
  | 'close'
  /** What was connected is a proxy; `host`, `port` is the server behind it. */
  | 'tunnel'
  /** A TLS handshake begins. */
  | 'handshake'
  /** A TLS handshake succeeded: `version`, `cipher`. */
  | 'secure'
  /** curl waits for the server's data connection. */
  | 'listen'
  /** The address of a 227 reply is not used. */
  | 'replace'
  /** EPSV or EPRT is given up. */
  | 'fallBack'
  /** `Timeout was reached`, which is also curl's name for a 421. */
  | 'timeout';

/** A note that depends on which connection is meant. */
export interface ByConnection {
  readonly control: Note;
  readonly data: Note;
}

/** One wording. */
export interface Remark {
  readonly pattern: RegExp;
  /** What it does to a connection; null for a mere note. */
  readonly turn: Turn | null;
  /** What it says, in this order; empty for what tells nothing. */
  readonly notes: readonly (Note | ByConnection)[];
  /** Why, where no `error` says it. */
  readonly failure: Failure;
  /** By what the number in `value` is to be multiplied: curl prints timeouts in milliseconds or seconds. */
  readonly scale: number;
}

const BROKEN: ByConnection = { control: Note.ConnectionLost, data: Note.DataBroken };
const TLS_FAILED: ByConnection = { control: Note.TlsFailed, data: Note.DataTlsFailed };

function turn(name: Turn, pattern: RegExp, failure: Failure = Failure.Unknown): Remark {
  return { pattern, turn: name, notes: [], failure, scale: 1 };
}

function note(notes: Remark['notes'], pattern: RegExp, failure: Failure = Failure.Unknown, scale = 1): Remark {
  return { pattern, turn: null, notes, failure, scale };
}

/** A pattern for texts that begin like one of `beginnings`. */
function any(...beginnings: readonly string[]): RegExp {
  return new RegExp(`^(?:${beginnings.map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')})`);
}

const CONNECTIONS: readonly Remark[] = [
  turn('announce', /^About to connect\(\) to (?:proxy )?(?<host>\S+) port(?: (?<port>\d+))?(?: \(#(?<number>\d+)\))?/d),
  turn('announce', /^About to connect\(\) to (?<host>\S+):(?<port>\d+)$/d),
  // Until 7.23 the result of an attempt stands behind it, on the same line.
  turn('try', /^Trying (?<address>\[[^\]\s]+\]|\S+?)(?::(?<port>\d{1,5}))?(?: scope_id=\d+)?\.\.\.\s*(?<rest>.*)$/d),
  turn('reach', /^connected$/),
  turn('connect', /^Connected (?<second>2nd connection )?to (?<host>\S+) port (?<port>\d+)/d),
  turn(
    'connect',
    /^Connected to (?<host>\S+)\s+\((?<address>[^()\s]*)\)(?: port (?<port>\d+))?(?: \(#(?<number>\d+)\))?/d,
  ),
  turn('connect', /^Established (?<second>2nd )connection to \S+ \((?<address>\S+) port (?<port>\d+)\)/d),
  turn(
    'connect',
    /^Established connection to \S+ \((?<address>\S+) port (?<port>\d+)\)(?: from (?<own>\S+) port (?<ownPort>\d+))?/d,
  ),
  turn('accept', /^Connection accepted from server$/),
  turn('aim', /^Connecting to (?<host>\S+)(?: \((?<address>[^()\s]+)\))? port (?<port>\d+)/d),
  turn('fail', /^connect to (?<address>\S+) port (?<port>\d+)(?: from \S+ port \d+)? failed: (?<error>.*)$/d),
  turn('fail', /^Immediate connect fail for (?<address>\S+): (?<error>.*)$/d),
  turn('fail', /^(?<address>\S+) connect timeout after \d+ms, move on!/d, Failure.Timeout),
  turn('fail', /^After \d+ms connect time, move on!/d, Failure.Timeout),
  turn('fail', /^(?<error>(?:Connection|Operation) (?:refused|timed out|failed)|Timeout|No route to host)$/d),
  turn('fail', /^(?<error>(?:Network|Host) is unreachable)$/d),
  turn('giveUp', /^Failed (?:to )?connect to .*[:;] (?<error>.*)$/d),
  turn('giveUp', /^(?<error>couldn't connect to |Connect failed|connect\(\) timed out!|connect timeout$)/d),
  turn('giveUp', /^(?<error>Connection time(?:out|-out|d out))/d),
  turn('resolveNot', /^(?:Could not|Couldn't|Can't|cannot) resolve(?: new| proxy)?(?: host)?:? '?(?<host>[^\s']+)/d),
  turn('resolveNot', /^(?:Resolving timed out|Failed to resolve '(?<host>[^'\s]+)' with timeout)/d, Failure.Timeout),
  turn('reuse', /^Re-?using existing (?:\S+ )?connection(?:!? \(?#(?<number>\d+)\)?)?(?: with \S+ (?<host>\S+))?/d),
  turn('keep', /^Connection #(?<number>\d+)(?: to host (?<host>\S+))? left intact/d),
  turn('close', /^(?:[Cc]losing|shutting down) connection(?: #?(?<number>\d+)| -1)?$/d),
  turn('close', /^connection closed by (?:server|peer|remote host)$/i),
  turn('tunnel', /^Establish HTTP(?:\/[\d.]+)? proxy tunnel to (?<host>\[[^\]\s]+\]|[^\s:]+):(?<port>\d+)/d),
  turn('tunnel', /^SOCKS[45]\S* (?:communication|connect) to (?<host>\[[^\]\s]+\]|[^\s:]+):(?<port>\d+)/d),
];

/** The words of OpenSSL, GnuTLS, NSS, Schannel, Secure Transport, mbedTLS, wolfSSL, BearSSL and rustls. */
const TLS: readonly Remark[] = [
  turn('handshake', /^(?:TLS|SSL)v?[\d.]+(?: \(OUT\))?, TLS handshake, Client hello/),
  turn('handshake', /^schannel: SSL\/TLS connection with .* \(step 1\/3\)/),
  turn('handshake', any('Doing the SSL/TLS handshake on the data stream', 'mbedTLS: Connecting to ')),
  note([Note.Other], /^(?:TLS|SSL)v?[\d.]+(?: \((?:IN|OUT)\))?, TLS alert, (?!close notify)/),
  note([], /^(?:TLS|SSL)v?[\d.]+(?: \((?:IN|OUT)\))?, TLS /),
  turn('secure', /^SSL connection using (?<version>(?:TLS|SSL)v?[\d.]+) \/ (?<cipher>[^\s/]+)/d),
  turn('secure', /^SSL connection using (?<cipher>\S+)$/d),
  turn('secure', /^(?<version>(?:TLS|SSL) [\d.]+) connection using (?<cipher>\S+)/d),
  turn('secure', /^mbedTLS: (?:(?<version>TLSv?[\d.]+) )?Handshake complete, cipher is (?<cipher>\S+)/d),
  turn(
    'secure',
    /^(?:BearSSL|rustls): handshake complete(?:, (?<version>TLSv?[\d._]+))?(?:, cipher: (?<cipher>\S+))?/d,
  ),
  turn('secure', /^(?:schannel: SSL\/TLS handshake complete|SSL connected)$/),
  note([Note.TlsResumed], /^SSL re-?using session\b/),
  note([Note.CertificateSubject], /^subject: (?<text>.+)$/d),
  note([Note.CertificateIssuer], /^issuer: (?<text>.+)$/d),
  note([Note.CertificateNotAfter], /^expire date: (?<text>.+)$/d),
  note([Note.CertificateMismatch], /^common name: (?<text>.+ \(does not match .*\))$/d),
  note(
    [Note.CertificateMismatch],
    any('subjectAltName does not match', 'schannel: CertGetNameString() failed to match'),
  ),
  note([Note.CertificateMismatch, TLS_FAILED], /^SSL: certificate subject name .* does not match/, Failure.Tls),
  note([Note.CertificateMismatch, TLS_FAILED], any('SSL: no alternative certificate subject name'), Failure.Tls),
  note([Note.CertificateVerify], /^SSL certificate verify result: (?<text>.+?)(?:, continuing anyway\.?)?$/d),
  note([Note.CertificateVerify], /^SSL certificate (?:verify )?(?<text>ok|verified via OpenSSL)\.?$/d),
  note([Note.CertificateVerify], /^server certificate verification (?<text>OK|SKIPPED|FAILED)$/d),
  note([Note.CertificateVerify, TLS_FAILED], /^SSL certificate problem: (?<text>.+)$/d, Failure.Tls),
  note([Note.CertificateVerify, TLS_FAILED], /^SSL certificate verification failed: (?<text>.+)$/d, Failure.Tls),
  note([Note.CertificateVerify, TLS_FAILED], /^(?<text>server certificate verification failed)\./d, Failure.Tls),
  note([Note.TlsNotClosed], /^(?:OpenSSL )?SSL[_ ]read: .*unexpected eof/),
  note([Note.TlsNotClosed], any('schannel: server closed abruptly (missing close_notify)', 'GnuTLS recv error (-110)')),
  note([TLS_FAILED], /^(?:(?:OpenSSL|LibreSSL)\/\S+: |TLS connect error: )?error:[0-9A-Fa-f]{8}:/, Failure.Tls),
  note([TLS_FAILED], /^(?:(?:OpenSSL|LibreSSL|BoringSSL) )?SSL_connect\b/, Failure.Tls),
  note([TLS_FAILED], /^rustls: .*(?:failed|error)/, Failure.Tls),
  note(
    [TLS_FAILED],
    any(
      'TLS connect error: ',
      'Unknown SSL protocol error',
      'SSL peer handshake failed',
      'gnutls_handshake() failed',
      'NSS error ',
      'ssl_handshake returned',
      'mbedTLS: ssl_handshake returned',
      'schannel: failed to receive handshake',
      'schannel: next InitializeSecurityContext failed',
      'schannel: initial InitializeSecurityContext failed',
      'schannel: SNI or certificate check failed',
    ),
    Failure.Tls,
  ),
  note([BROKEN], /^(?:OpenSSL |LibreSSL )?SSL[_ ](?:read|write)(?:: |\(\) )(?<error>.*)$/d),
  note([BROKEN], /^GnuTLS (?:recv|send) error (?<error>.*)$/d),
  note([BROKEN], any('schannel: failed to read', 'schannel: failed to send', 'schannel: failed to decrypt')),
  note([], /^found \d+ certificates in /),
  note(
    [],
    any(
      'start date: ',
      'Server certificate:',
      'common name: ',
      'compression: ',
      'cipher: ',
      'MAC: ',
      'certificate public key: ',
      'certificate version: ',
      'server certificate ',
      'successfully set certificate verify',
      'CAfile: ',
      'CApath: ',
      'ALPN',
      'NPN, ',
      'Certificate level ',
      'old SSL session ID is stale',
      'subjectAltName: ',
      'SSL Trust',
      'Initializing NSS',
      'skipping SSL peer certificate',
    ),
  ),
];

const DATA: readonly Remark[] = [
  turn('listen', any('Preparing for accepting server', 'Checking for server connect', 'Connect data stream actively')),
  turn('replace', /^Skips? (?<offered>\S+) for data connection, (?:re-?use|uses) (?<address>\S+) instead/d),
  turn('fallBack', /^disabling (?:EPSV|EPRT|LPRT) usage|^(?:got positive|Failed) EPSV .*\. ?Disabling EPSV/i),
  note([Note.DataFailed], any('Accept timeout occurred while waiting server connect'), Failure.NeverCame),
  note([Note.DataFailed], any('Timeout while waiting for server connect'), Failure.NeverCame),
  note([Note.DataFailed], any('Timed out before server could connect to us'), Failure.NeverCame),
  note([Note.DataFailed], any('Error accept()ing server connect', 'Error while waiting for server connect')),
  note([], any('Connect data stream passively')),
];

const TRANSFERS: readonly Remark[] = [
  note(
    [Note.ClientError],
    any('Uploading to a URL without a file', 'path contains control characters', 'Could not seek stream'),
  ),
  note([Note.AnnouncedBytes], /^Getting file with size: (?<value>\d+)$/d),
  note([Note.TransferCut], /^transfer closed with (?<value>\d+) bytes remaining to read/d),
  note([Note.TransferCut], /^end of response with (?<value>\d+) bytes missing/d),
  note([Note.TransferCut], any('transfer closed with outstanding read data', 'transfer closed with at least')),
  note([Note.TransferCut], /^Received only partial file: (?<bytes>\d+) bytes/d),
  note([Note.TransferFailed], /^Uploaded unaligned file size \((?<value>\d+) out of \d+ bytes\)/d),
  note([Note.TransferFailed], any('Failed writing ', 'Failure writing output', 'client returned ERROR on write')),
  note([Note.TransferFailed], any('Failed to read data', 'read function returned funny value')),
  note([Note.TransferStopped], any('partial download completed', 'Callback aborted', 'operation aborted by callback')),
  note([Note.TransferNotNeeded], /^File already completely (?:down|up)loaded/),
  note(
    [Note.ClientTimeout],
    /^Operation timed out after (?<value>\d+) milliseconds(?: with (?<bytes>\d+) (?:out of -?\d+ )?bytes received)?/d,
    Failure.Timeout,
    0.001,
  ),
  note(
    [Note.ClientTimeout],
    /^Operation timed out(?: after (?<value>\d+) seconds)? with (?<bytes>\d+) (?:out of -?\d+ )?bytes received/d,
    Failure.Timeout,
  ),
  note([Note.ClientTimeout], /^Operation too slow\. .* the last (?<value>\d+) seconds/d, Failure.Timeout),
  note([Note.ClientTimeout], any('FTP response timeout', 'server response timeout'), Failure.Timeout),
  turn('timeout', /^Timeout was reached$/, Failure.Timeout),
  note([BROKEN], /^(?:Send|Recv) failure: (?<error>.+)$/d),
  note([Note.ConnectionLost], /^(?:FTP )?response reading failed/, Failure.Closed),
  note([Note.ConnectionLost], any('control connection looks dead'), Failure.Timeout),
];

/** What every transfer says, what only builds for debugging and `-vv` say, and what may be evidence. */
const THE_REST: readonly Remark[] = [
  note(
    [],
    any(
      'Entry path is ',
      'Maxdownload = ',
      'Getting file with size: -',
      'Remembering we are in dir',
      'Request has same path',
      'ftp_perform ends with',
      'abort upload',
      'We are completely uploaded',
      'upload completely sent off',
      'TCP_NODELAY set',
      'Found bundle for host',
      'Rebuilt URL to',
      'Marked for ',
      'Expire ',
      'Added connection ',
      'Uses proxy env',
      'Proxy replied ',
      'CONNECT phase completed',
      'CONNECT tunnel',
      'Read response immediately from proxy CONNECT',
      'allocate connect buffer',
    ),
  ),
  note([], any('schannel: ', 'SSL: disabling ', 'warning: ignoring value of ssl')),
  note([], /^(?:STATE: \S+ => |FTP (?:0x)?[0-9A-Fa-f]+ (?:\(line \d+\) )?state change |DO(?:-MORE)? phase )/),
  note([], /^(?:\[[A-Z][-A-Z0-9]*\] |Hostname \S+ was found in DNS cache|protocol connect phase DONE)/),
  note(
    [Note.Other],
    /^(?:Connection #(?<number>\d+) seems to be dead|Host \S+ was resolved\.|IPv[46]: |Name '\S+' family)/,
  ),
  note(
    [Note.Other],
    any(
      "Couldn't find host ",
      'Connection died, ',
      'timeout on name lookup is not supported',
      'Local Interface ',
      'Local port: ',
      'Resuming transfer from byte position',
      'Instructs server to resume',
      'server did not report OK',
      'We got a 421',
      'Access denied: ',
      'RETR response: ',
      'The file does not exist',
      'Bad PASV/EPSV response: ',
      'Failed EPSV attempt, exiting',
    ),
  ),
];

/** curl's wordings, 7.10 to 8.x. */
export const REMARKS: readonly Remark[] = [...CONNECTIONS, ...TLS, ...DATA, ...TRANSFERS, ...THE_REST];

/** curl's texts that carry no mark at all: warnings, advice on certificates, what it says of its own options. */
export const UNMARKED = any(
  'Warning: ',
  '** Resuming transfer from byte position ',
  'More details here: http://curl',
  'More details here: https://curl',
  'curl performs SSL certificate verification',
  ' of Certificate Authority (CA) public keys',
  " bundle file isn't adequate",
  ' using the --cacert option',
  'If this HTTPS server uses a certificate signed by',
  ' the bundle, the certificate verification probably failed',
  ' problem with the certificate (it might be expired',
  ' not match the domain name in the URL',
  "If you'd like to turn off curl's verification",
  ' the -k (or --insecure) option',
  'curl failed to verify the legitimacy of the server',
  'establish a secure connection to it. To learn more',
  'how to fix it, please visit the web',
  '  CApath: ',
  '  CAfile: ',
  "curl: try 'curl --help'",
  'curl: option ',
);

/** Remarks of builds for debugging that are known also where their mark is lost. */
export const DEBUG_REMARK =
  /^(?:STATE: \S+ => \S+ handle |FTP .{0,40}state change from |Expire (?:in \d|cleared)|Added connection \d)/;

/** Remarks that nothing but libcurl words so: where they stand without a mark, all marks are missing. */
export const TELLING_REMARKS: readonly RegExp[] = [
  /^Trying \S+\.\.\./,
  /^Connected to \S+ \(\S+\) port \d/,
  /^Established connection to \S+ \(\S+ port \d/,
  /^Connection #\d+ to host \S+ left intact/,
  any(
    'Re-using existing connection',
    'Reusing existing ',
    "Entry path is '",
    'ftp_perform ends with ',
    'TCP_NODELAY set',
  ),
  any('Connect data stream passively', 'Connect data stream actively'),
];
