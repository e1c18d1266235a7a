/** What the reply codes of the RFCs mean, and what to do about them. */

/** What a reply code means. */
export interface ReplyMeaning {
  readonly code: number;
  readonly meaning: string;
  /** RFC and section that define it. */
  readonly references: readonly string[];
  /** What to do about it; null where nothing is to be done. */
  readonly advice: string | null;
}

const ORDER = 'RFC 959 section 4.2.2';
const SECURITY = 'RFC 2228 section 5.1';
const PROTECTED = 'RFC 2228 section 5.2';
const RESTART = 'RFC 1123 section 4.1.3.4';
const TLS_DATA = 'RFC 4217 section 10.2';

type Row = readonly [code: number, meaning: string, references: readonly string[], advice?: string];

const ROWS: readonly Row[] = [
  [110, 'A restart marker: where the sender and the receiver of a transfer in block mode are.', [ORDER]],
  [120, 'The service will be ready in some minutes.', [ORDER], 'Wait for the 220 that follows.'],
  [125, 'The data connection stands already; the transfer starts.', [ORDER]],
  [
    150,
    'The file is in order; the data connection is about to be opened. Some servers send it only once it stands.',
    [ORDER],
    'If nothing follows, the data connection did not come about: look at the address and port of 227, 229, PORT or EPRT.',
  ],
  [200, 'The command succeeded.', [ORDER, 'RFC 2389 section 4']],
  [202, 'The command is not needed here; nothing is wrong.', [ORDER]],
  [211, 'State of the server, or the list of its features.', [ORDER, 'RFC 2389 section 3.2']],
  [212, 'State of a directory.', [ORDER]],
  [213, 'State of a file: its time for MDTM, its size for SIZE.', [ORDER, 'RFC 3659 sections 3 and 4']],
  [214, 'Help for people.', [ORDER]],
  [215, 'Name of the type of system.', [ORDER]],
  [220, 'The service is ready for a new user; also the answer to HOST.', [ORDER, 'RFC 7151 section 3.2']],
  [221, 'The service closes the control connection, usually after QUIT.', [ORDER]],
  [225, 'The data connection is open, and no transfer is running.', [ORDER]],
  [
    226,
    'The transfer ended and the data connection is being closed; after ABOR, the abort succeeded.',
    [ORDER],
    'For an upload it does not prove that the file is whole: compare its size.',
  ],
  [
    227,
    'Passive mode: the IPv4 address and the port to connect to, as six numbers.',
    [ORDER, 'RFC 1123 section 4.1.2.6'],
    'A private address that reaches a client outside is the mark of NAT: set the external address in the server, or use EPSV.',
  ],
  [
    228,
    'Long passive mode: address family, address and port to connect to.',
    ['RFC 1639 section 3'],
    'Prefer EPSV, which replaced it.',
  ],
  [
    229,
    'Extended passive mode: the port to connect to, at the address of the control connection.',
    ['RFC 2428 section 3'],
    'If connecting to the port fails, open the range of passive ports in every firewall on the way to the server.',
  ],
  [230, 'The user is logged in.', [ORDER]],
  [232, 'The user is logged in, as the security exchange named them; no password is needed.', [SECURITY]],
  [
    234,
    'The security mechanism is accepted. For AUTH TLS the handshake follows at once.',
    [SECURITY, 'RFC 4217 section 4'],
  ],
  [235, 'The security data is accepted and the exchange is complete.', [SECURITY]],
  [
    250,
    'The file action is done; also the answer to MLST, and of some servers to a transfer.',
    [ORDER, 'RFC 3659 section 7'],
  ],
  [257, 'A path name: the one created, or the working directory.', [ORDER]],
  [331, 'The user name is accepted; the password is wanted.', [ORDER], 'It says nothing of whether the user exists.'],
  [332, 'An account is wanted to log in.', [ORDER], 'Send ACCT, or set the account in the client.'],
  [334, 'The security mechanism is accepted; its data is wanted.', [SECURITY], 'Send ADAT.'],
  [335, 'The security data is accepted; more is wanted.', [SECURITY], 'Send the next ADAT.'],
  [336, 'The user name is accepted; an answer to the challenge is wanted.', [SECURITY], 'Send PASS with the answer.'],
  [350, 'More is wanted: RNTO after RNFR, or the transfer after REST.', [ORDER, 'RFC 3659 section 5']],
  [
    421,
    'The service is not available and closes the control connection. Any command may be answered so.',
    [ORDER],
    'The text tells which it is: a timer, a limit of connections, a ban, or a shutdown.',
  ],
  [
    425,
    'The data connection was not made.',
    [ORDER],
    'Look at what set it up before: address and port of 227, 229, PORT or EPRT, the firewalls between, and PROT.',
  ],
  [
    426,
    'The data connection was closed before the transfer was over; the transfer is aborted.',
    [ORDER],
    'Look for ABOR before it, for the size moved, and for equal durations, which point to a timer.',
  ],
  [431, 'A resource that security needs is not available.', [SECURITY], 'Check certificate and key of the server.'],
  [450, 'The file is not available now, for instance in use.', [ORDER], 'Try again later.'],
  [
    451,
    'The action was aborted by an error of the server itself.',
    [ORDER, 'RFC 2389 section 4'],
    'See the log of the server.',
  ],
  [452, 'There is too little storage.', [ORDER], 'Make room on the server.'],
  [
    500,
    'The command is not known or cannot be read.',
    [ORDER, 'RFC 7151 section 3.3'],
    'Harmless where a client tries what a server may have; else look at the bytes of the command.',
  ],
  [501, 'The argument is wrong.', [ORDER, 'RFC 2389 section 4'], 'Look at the argument of the command before it.'],
  [502, 'The command is not implemented.', [ORDER], 'Harmless where the client goes on in another way.'],
  [503, 'The command comes out of order.', [ORDER], 'Look at which command it needs before it.'],
  [
    504,
    'The command is not implemented for this argument; after HOST, the host is not known.',
    [ORDER, 'RFC 7151 section 3.3'],
    'Use another argument.',
  ],
  [
    521,
    'The data connection cannot be opened with this PROT setting. After LPRT or LPSV: the address family is not supported.',
    [TLS_DATA, 'RFC 1639 section 4'],
    'Send PBSZ 0 and PROT P after the login, or let the client do so.',
  ],
  [
    522,
    'After EPRT or EPSV: the address family is not supported, and those that are stand in brackets. ' +
      'After a transfer: TLS of the data connection failed or was refused.',
    ['RFC 2428 section 2', TLS_DATA],
    'Use a family that is listed; with TLS, let the client resume its session on the data connection.',
  ],
  [
    530,
    'Not logged in.',
    [ORDER, 'RFC 7151 section 3.3'],
    'Check user, password, and what the server demands of logins.',
  ],
  [532, 'Storing files needs an account.', [ORDER], 'Send ACCT.'],
  [
    533,
    'The command must be protected, by policy.',
    [SECURITY, 'RFC 4217 section 5'],
    'Do not send CCC, or protect the command.',
  ],
  [
    534,
    'The request is refused by policy.',
    [SECURITY],
    'Ask for TLS or the level of protection that the server wants.',
  ],
  [
    535,
    'The check of security data failed.',
    [SECURITY],
    'The mechanism rejected the data: see the log of the server.',
  ],
  [536, 'The mechanism does not support this level of PROT.', [SECURITY], 'With TLS, use PROT P or PROT C.'],
  [
    537,
    'The mechanism does not support this way to protect commands.',
    [SECURITY],
    'Use another of MIC, CONF and ENC.',
  ],
  [
    550,
    'The file or directory is not available: not there, not permitted, or in use.',
    [ORDER, 'RFC 3659 sections 3, 4 and 7'],
    'The text tells which. It is routine for SIZE, MDTM and CWD, with which clients ask whether something exists.',
  ],
  [551, 'The type of page is unknown.', [ORDER], 'Use STRU F.'],
  [552, 'The storage allotted is used up.', [ORDER], 'Make room within the quota, or raise it.'],
  [553, 'The name of the file is not allowed, or taken.', [ORDER], 'Check the name and the permission to create it.'],
  [554, 'The position of REST is not valid.', [RESTART], 'Start the transfer from the beginning.'],
  [555, 'Type or structure do not fit those of the file.', [RESTART], 'Set TYPE and STRU as at the first try.'],
  [631, 'A reply with its integrity protected.', [PROTECTED]],
  [632, 'A reply that is encrypted and has its integrity protected.', [PROTECTED]],
  [633, 'A reply that is encrypted.', [PROTECTED]],
];

/** Every reply code that an RFC defines, in ascending order. */
export const REPLY_MEANINGS: readonly ReplyMeaning[] = ROWS.map(([code, meaning, references, advice]) => ({
  code,
  meaning,
  references,
  advice: advice ?? null,
}));

const CLASSES: readonly (readonly [meaning: string, advice: string | null])[] = [
  ['a preliminary success, another reply follows', null],
  ['success', null],
  ['a success that wants another command', null],
  ['a failure for now', 'The same command may work later.'],
  ['a failure for good', 'The same command will fail again.'],
  ['a protected reply', null],
];
const GROUPS = ['syntax', 'information', 'connections', 'login and accounting', null, 'the file system'] as const;

/** What a reply code means: by its own, else by what its first two digits say (RFC 959 section 4.2.1); null for no code. */
export function meaningOfReply(code: number): ReplyMeaning | null {
  const own = REPLY_MEANINGS.find((known) => known.code === code);
  if (own !== undefined) return own;
  const kind = Number.isInteger(code) ? CLASSES[Math.floor(code / 100) - 1] : undefined;
  if (kind === undefined) return null;
  const group = GROUPS[Math.floor(code / 10) % 10];
  const about = group == null ? '' : `, about ${group}`;
  return {
    code,
    meaning: `No RFC defines this code; its digits say: ${kind[0]}${about}.`,
    references: ['RFC 959 section 4.2.1'],
    advice: kind[1],
  };
}
