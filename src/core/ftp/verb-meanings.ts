/** What the verbs of FTP do: those of the registry of RFC 5797, and others in common use. */

/** What a verb does. */
export interface VerbMeaning {
  readonly verb: string;
  readonly meaning: string;
  /** What its argument is; null where it takes none. */
  readonly argument: string | null;
  /** RFC and section, or draft, that define it; empty where only products do. */
  readonly references: readonly string[];
  /** The codes that it is answered with where nothing is wrong, then those of refusals that belong to it. */
  readonly replies: { readonly success: readonly number[]; readonly failure: readonly number[] };
}

const ACCESS = ['RFC 959 section 4.1.1'];
const PARAMETERS = ['RFC 959 section 4.1.2'];
const SERVICE = ['RFC 959 section 4.1.3'];
const SECURITY = ['RFC 2228 section 3'];
const DIRECTORIES = ['RFC 775', 'RFC 1123 section 4.1.3.1'];
const HASHES = ['draft-bryan-ftpext-hash'];
const MODIFY = ['draft-somers-ftp-mfxx'];
const PATH = 'path';

const UNREAD = [500, 501, 502, 421];
const FILE = [...UNREAD, 530, 550];
const MOVED = [125, 150, 226, 250];
const STOPPED = [425, 426, 451, 521, 522, ...FILE];
const STORED = [...STOPPED, 452, 532, 552, 553];

type Row = readonly [
  verb: string,
  meaning: string,
  argument: string | null,
  references: readonly string[],
  success: readonly number[],
  failure: readonly number[],
];

const ROWS: readonly Row[] = [
  ['ABOR', 'Aborts the transfer that is running.', null, SERVICE, [225, 226, 426], UNREAD],
  ['ACCT', 'Gives the account of the user.', 'account', ACCESS, [202, 230], [...UNREAD, 503, 530]],
  ['ADAT', 'Carries data of the security exchange.', 'data in base 64', SECURITY, [235, 335], [...UNREAD, 503, 535]],
  [
    'ALLO',
    'Announces how much will be stored.',
    'bytes, or bytes R record size',
    SERVICE,
    [200, 202],
    [...UNREAD, 504, 530],
  ],
  ['APPE', 'Stores a file, behind what is there already.', PATH, SERVICE, MOVED, STORED],
  [
    'AUTH',
    'Asks for a security mechanism; TLS starts right after the answer.',
    'TLS, SSL or GSSAPI',
    [...SECURITY, 'RFC 4217 section 4'],
    [234, 334],
    [...UNREAD, 431, 503, 504, 534],
  ],
  [
    'AVBL',
    'Asks how much room is left.',
    'path, or none',
    ['draft-peterson-streamlined-ftp-command-extensions'],
    [213],
    FILE,
  ],
  [
    'CCC',
    'Ends the protection of the control connection.',
    null,
    [...SECURITY, 'RFC 4217 section 5'],
    [200],
    [...UNREAD, 533, 534],
  ],
  ['CDUP', 'Changes to the parent directory.', null, ACCESS, [200, 250], FILE],
  ['CLNT', 'Names the client.', 'name and version', [], [200], UNREAD],
  ['COMB', 'Joins parts that were uploaded into one file.', 'path of the file, paths of the parts', [], [250], FILE],
  ['CONF', 'Carries a command, encrypted.', 'data in base 64', SECURITY, [633], [...UNREAD, 533, 535, 537]],
  [
    'CSID',
    'Tells client and server about each other.',
    'name=value pairs',
    ['draft-peterson-streamlined-ftp-command-extensions'],
    [200],
    UNREAD,
  ],
  ['CWD', 'Changes the working directory.', PATH, ACCESS, [200, 250], FILE],
  ['DELE', 'Deletes a file.', PATH, SERVICE, [250], [...FILE, 450]],
  [
    'DSIZ',
    'Asks for the size of a directory.',
    PATH,
    ['draft-peterson-streamlined-ftp-command-extensions'],
    [213],
    FILE,
  ],
  [
    'ENC',
    'Carries a command, encrypted and with its integrity protected.',
    'data in base 64',
    SECURITY,
    [632],
    [...UNREAD, 533, 535, 537],
  ],
  [
    'EPRT',
    'Active mode for IPv4 and IPv6: names where the server is to connect to.',
    '|family|address|port|; family 1 is IPv4, 2 is IPv6',
    ['RFC 2428 section 2'],
    [200],
    [...UNREAD, 522, 530],
  ],
  [
    'EPSV',
    'Passive mode for IPv4 and IPv6: asks for a port to connect to, at the address of the control connection.',
    'none, a family (1 or 2), or ALL, which rules out every other set-up',
    ['RFC 2428 sections 3 and 4'],
    [229, 200],
    [...UNREAD, 522, 530],
  ],
  ['FEAT', 'Asks for the features of the server.', null, ['RFC 2389 section 3'], [211], UNREAD],
  ['HASH', 'Asks for the hash of a file.', PATH, HASHES, [213], [...FILE, 450]],
  ['HELP', 'Asks for help.', 'verb, or none', SERVICE, [211, 214], UNREAD],
  [
    'HOST',
    'Names the host that the user means, before the login.',
    'host name',
    ['RFC 7151 section 3'],
    [220],
    [...UNREAD, 503, 504, 530],
  ],
  [
    'LANG',
    'Chooses the language of replies.',
    'language tag, or none',
    ['RFC 2640 section 4'],
    [200],
    [...UNREAD, 504],
  ],
  ['LIST', 'Lists a directory for people, over a data connection.', 'path, or none', SERVICE, MOVED, [...STOPPED, 450]],
  [
    'LPRT',
    'Active mode for any family of addresses; EPRT replaced it.',
    'numbers: family, lengths, address and port',
    ['RFC 1639 section 2'],
    [200],
    [...UNREAD, 521],
  ],
  [
    'LPSV',
    'Passive mode for any family of addresses; EPSV replaced it.',
    null,
    ['RFC 1639 section 3'],
    [228],
    [...UNREAD, 521],
  ],
  ['MD5', 'Asks for the MD5 hash of a file.', PATH, ['draft-twine-ftpmd5'], [251], [...FILE, 504]],
  ['MDTM', 'Asks when a file was changed, in UTC.', PATH, ['RFC 3659 section 3'], [213], FILE],
  ['MFCT', 'Sets when a file was created.', 'time path', MODIFY, [213], [...FILE, 504]],
  ['MFF', 'Sets facts of a file.', 'facts path', MODIFY, [213], [...FILE, 504]],
  ['MFMT', 'Sets when a file was changed, in UTC.', 'time path', MODIFY, [213], [...FILE, 504]],
  [
    'MIC',
    'Carries a command with its integrity protected.',
    'data in base 64',
    SECURITY,
    [631],
    [...UNREAD, 533, 535, 537],
  ],
  ['MKD', 'Makes a directory.', PATH, SERVICE, [257], FILE],
  [
    'MLSD',
    'Lists a directory for programs, over a data connection.',
    'path, or none',
    ['RFC 3659 section 7'],
    MOVED,
    STOPPED,
  ],
  [
    'MLST',
    'Tells the facts of one file, over the control connection.',
    'path, or none',
    ['RFC 3659 section 7'],
    [250],
    FILE,
  ],
  ['MMD5', 'Asks for the MD5 hashes of several files.', 'paths', ['draft-twine-ftpmd5'], [252], [...FILE, 504]],
  [
    'MODE',
    'Sets how data is sent.',
    'S (stream), B (block), C or Z (compressed)',
    PARAMETERS,
    [200],
    [...UNREAD, 504, 530],
  ],
  [
    'NLST',
    'Lists the names in a directory, over a data connection.',
    'path, or none',
    SERVICE,
    MOVED,
    [...STOPPED, 450],
  ],
  ['NOOP', 'Does nothing; clients keep connections alive with it.', null, SERVICE, [200], [500, 421]],
  [
    'OPTS',
    'Sets an option of another verb.',
    'verb and option, such as UTF8 ON',
    ['RFC 2389 section 4'],
    [200, 202],
    [...UNREAD, 451],
  ],
  ['PASS', 'Gives the password.', 'password', ACCESS, [230, 202, 332], [...UNREAD, 503, 530]],
  [
    'PASV',
    'Passive mode for IPv4: asks for an address and port to connect to.',
    null,
    PARAMETERS,
    [227],
    [...UNREAD, 425, 530],
  ],
  [
    'PBSZ',
    'Sets the size of protected blocks; with TLS it must be 0, and comes before PROT.',
    'bytes',
    [...SECURITY, 'RFC 4217 section 9'],
    [200],
    [...UNREAD, 503, 530],
  ],
  [
    'PORT',
    'Active mode for IPv4: names where the server is to connect to.',
    'h1,h2,h3,h4,p1,p2: four bytes of the address, two of the port',
    PARAMETERS,
    [200],
    [...UNREAD, 530],
  ],
  [
    'PRET',
    'Announces the transfer before PASV, so that a distributed server can choose its address.',
    'command',
    [],
    [200],
    UNREAD,
  ],
  [
    'PROT',
    'Sets how data connections are protected.',
    'C (clear) or P (private); S and E with other mechanisms than TLS',
    [...SECURITY, 'RFC 4217 section 9'],
    [200],
    [...UNREAD, 431, 503, 504, 530, 534, 536],
  ],
  ['PWD', 'Asks for the working directory.', null, SERVICE, [257], [500, 501, 502, 421, 550]],
  ['QUIT', 'Ends the session.', null, ACCESS, [221], [500]],
  [
    'RANG',
    'Limits the next transfer to a range of bytes.',
    'first and last byte',
    ['draft-bryan-ftp-range'],
    [350],
    UNREAD,
  ],
  ['REIN', 'Starts anew: the user is logged out, the connection stays.', null, ACCESS, [120, 220], [500, 502, 421]],
  [
    'REST',
    'Sets where the next transfer starts.',
    'bytes from the beginning',
    [...SERVICE, 'RFC 3659 section 5'],
    [350],
    [...UNREAD, 530, 554, 555],
  ],
  ['RETR', 'Sends a file to the client.', PATH, SERVICE, [110, ...MOVED], [...STOPPED, 450]],
  ['RMD', 'Removes a directory.', PATH, SERVICE, [250], FILE],
  ['RNFR', 'Names what is to be renamed; RNTO follows.', PATH, SERVICE, [350], [...FILE, 450]],
  ['RNTO', 'Gives the new name.', PATH, SERVICE, [250], [...FILE, 503, 532, 553]],
  [
    'SITE',
    'Runs a command of the product, such as CHMOD.',
    'command',
    SERVICE,
    [200, 202, 214, 250],
    [500, 501, 504, 530, 550],
  ],
  ['SIZE', 'Asks for the size that a transfer of the file would have.', PATH, ['RFC 3659 section 4'], [213], FILE],
  ['SMNT', 'Mounts another file system.', PATH, ACCESS, [202, 250], FILE],
  ['SPSV', 'Passive mode for a cluster of servers.', null, [], [227], UNREAD],
  [
    'STAT',
    'Asks for the state of the session or transfer, or lists a path over the control connection.',
    'path, or none',
    SERVICE,
    [211, 212, 213],
    [...FILE, 450],
  ],
  ['STOR', 'Stores a file; one of that name is replaced.', PATH, SERVICE, [110, ...MOVED], STORED],
  [
    'STOU',
    'Stores a file under a name that the server makes up.',
    'none, or a name to start from',
    SERVICE,
    [110, ...MOVED],
    STORED,
  ],
  [
    'STRU',
    'Sets the structure of files.',
    'F (file), R (record) or P (page)',
    PARAMETERS,
    [200],
    [...UNREAD, 504, 530],
  ],
  ['SYST', 'Asks for the type of system.', null, SERVICE, [215], UNREAD],
  [
    'THMB',
    'Asks for a small picture of a file, over a data connection.',
    'format, width, height and path',
    ['draft-peterson-streamlined-ftp-command-extensions'],
    MOVED,
    STOPPED,
  ],
  [
    'TYPE',
    'Sets how data is represented.',
    'A (text), I (image: bytes as they are), E, or L size',
    PARAMETERS,
    [200],
    [...UNREAD, 504, 530],
  ],
  ['USER', 'Names the user, which starts the login.', 'user', ACCESS, [230, 331, 332, 232], [...UNREAD, 530, 534]],
  ['XCRC', 'Asks for the CRC-32 of a file.', 'path, and a range of bytes', [], [250, 213], FILE],
  ['XCUP', 'Old form of CDUP.', null, DIRECTORIES, [200, 250], FILE],
  ['XCWD', 'Old form of CWD.', PATH, DIRECTORIES, [200, 250], FILE],
  ['XMD5', 'Asks for the MD5 hash of a file.', 'path, and a range of bytes', [], [250, 213], FILE],
  ['XMKD', 'Old form of MKD.', PATH, DIRECTORIES, [257], FILE],
  ['XPWD', 'Old form of PWD.', null, DIRECTORIES, [257], [500, 501, 502, 421, 550]],
  ['XRCP', 'Names a recipient of mail; historic.', 'recipient', ['RFC 743'], [200], [...UNREAD, 550]],
  ['XRMD', 'Old form of RMD.', PATH, DIRECTORIES, [250], FILE],
  ['XRSQ', 'Chooses how recipients of mail are named; historic.', 'R, T or none', ['RFC 743'], [200, 215], UNREAD],
  ['XSEM', 'Sends to a terminal, or mails; historic.', 'user', ['RFC 737'], [250], [...UNREAD, 450]],
  ['XSEN', 'Sends to a terminal; historic.', 'user', ['RFC 737'], [250], [...UNREAD, 450]],
  ['XSHA', 'Asks for the SHA-1 hash of a file.', 'path, and a range of bytes', [], [250, 213], FILE],
  ['XSHA1', 'Asks for the SHA-1 hash of a file.', 'path, and a range of bytes', [], [250, 213], FILE],
  ['XSHA256', 'Asks for the SHA-256 hash of a file.', 'path, and a range of bytes', [], [250, 213], FILE],
  ['XSHA512', 'Asks for the SHA-512 hash of a file.', 'path, and a range of bytes', [], [250, 213], FILE],
];

/** Every verb that is known, by the alphabet. */
export const VERB_MEANINGS: readonly VerbMeaning[] = ROWS.map(
  ([verb, meaning, argument, references, success, failure]) => ({
    verb,
    meaning,
    argument,
    references,
    replies: { success, failure: [...new Set(failure)].sort((a, b) => a - b) },
  }),
);

const byVerb = new Map(VERB_MEANINGS.map((known) => [known.verb, known]));

/** What a verb does, in any case; null for an unknown one. */
export function meaningOfVerb(verb: string): VerbMeaning | null {
  return byVerb.get(verb.toUpperCase()) ?? null;
}
