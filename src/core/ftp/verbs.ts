/** FTP verbs as numbers: up to four letters, upper case, packed into 32 bits, so that they compare without a string. */

/** Packs an upper-case verb of one to four ASCII letters; the first letter is in the highest byte. */
export function packVerb(verb: string): number {
  let packed = 0;
  for (let i = 0; i < 4; i++) packed = (packed << 8) | (i < verb.length ? verb.charCodeAt(i) & 0xdf : 0);
  return packed;
}

const NAMES_KEPT = 1024;
const names = new Map<number, string>();

/** The letters of a packed verb. */
export function verbName(packed: number): string {
  let name = names.get(packed);
  if (name !== undefined) return name;
  name = '';
  for (let shift = 24; shift >= 0; shift -= 8) {
    const letter = (packed >>> shift) & 0xff;
    if (letter !== 0) name += String.fromCharCode(letter);
  }
  if (names.size < NAMES_KEPT) names.set(packed, name);
  return name;
}

/**
 * Packs the verb at `start` and returns it: letters up to a blank or `end`, any case. 0 if it is empty, longer than four
 * letters, or has anything but letters.
 */
export function verbAt(bytes: Uint8Array, start: number, end: number): number {
  let packed = 0;
  let i = start;
  for (; i < end; i++) {
    const letter = bytes[i]! & 0xdf;
    if (letter < 65 || letter > 90) break;
    if (i - start === 4) return 0;
    packed = (packed << 8) | letter;
  }
  const length = i - start;
  if (length === 0 || (i < end && bytes[i] !== 32 && bytes[i] !== 9)) return 0;
  return packed << (8 * (4 - length));
}

/** Verbs that the reconstruction knows by name. */
export const Verb = {
  ABOR: packVerb('ABOR'),
  ACCT: packVerb('ACCT'),
  ALLO: packVerb('ALLO'),
  APPE: packVerb('APPE'),
  AUTH: packVerb('AUTH'),
  CCC: packVerb('CCC'),
  CDUP: packVerb('CDUP'),
  CWD: packVerb('CWD'),
  DELE: packVerb('DELE'),
  EPRT: packVerb('EPRT'),
  EPSV: packVerb('EPSV'),
  FEAT: packVerb('FEAT'),
  HELP: packVerb('HELP'),
  HOST: packVerb('HOST'),
  LIST: packVerb('LIST'),
  LPRT: packVerb('LPRT'),
  LPSV: packVerb('LPSV'),
  MDTM: packVerb('MDTM'),
  MKD: packVerb('MKD'),
  MLSD: packVerb('MLSD'),
  MLST: packVerb('MLST'),
  MODE: packVerb('MODE'),
  NLST: packVerb('NLST'),
  NOOP: packVerb('NOOP'),
  OPTS: packVerb('OPTS'),
  PASS: packVerb('PASS'),
  PASV: packVerb('PASV'),
  PBSZ: packVerb('PBSZ'),
  PORT: packVerb('PORT'),
  PROT: packVerb('PROT'),
  PWD: packVerb('PWD'),
  QUIT: packVerb('QUIT'),
  REIN: packVerb('REIN'),
  REST: packVerb('REST'),
  RETR: packVerb('RETR'),
  RMD: packVerb('RMD'),
  RNFR: packVerb('RNFR'),
  RNTO: packVerb('RNTO'),
  SITE: packVerb('SITE'),
  SIZE: packVerb('SIZE'),
  STAT: packVerb('STAT'),
  STOR: packVerb('STOR'),
  STOU: packVerb('STOU'),
  SYST: packVerb('SYST'),
  TYPE: packVerb('TYPE'),
  USER: packVerb('USER'),
  XPWD: packVerb('XPWD'),
  XCWD: packVerb('XCWD'),
} as const;

/** Every verb of RFC 959, 775, 2228, 2389, 2428, 3659, 5797 and 7151, and those in common use: what a line may begin with to be a command. */
export const KNOWN_VERBS: ReadonlySet<string> = new Set(
  (
    'ABOR ACCT ADAT ALLO APPE AUTH AVBL CCC CDUP CLNT CONF COMB CSID CWD DELE DSIZ ENC EPRT EPSV FEAT HASH HELP HOST LANG LIST LPRT LPSV ' +
    'MD5 MDTM MFCT MFF MFMT MIC MKD MLSD MLST MMD5 MODE NLST NOOP OPTS PASS PASV PBSZ PORT PRET PROT PWD QUIT RANG REIN REST RETR RMD RNFR ' +
    'RNTO SITE SIZE SMNT SPSV STAT STOR STOU STRU SYST THMB TYPE USER XCRC XCUP XCWD XMD5 XMKD XPWD XRMD XSHA XSHA1 XSHA256 XSHA512'
  ).split(' '),
);

/** Whether the verb moves bytes over a data connection. */
export function isTransferVerb(verb: number): boolean {
  return (
    verb === Verb.RETR ||
    verb === Verb.STOR ||
    verb === Verb.LIST ||
    verb === Verb.MLSD ||
    verb === Verb.NLST ||
    verb === Verb.APPE ||
    verb === Verb.STOU
  );
}

/** Whether the verb sets up a data connection. */
export function isDataSetupVerb(verb: number): boolean {
  return (
    verb === Verb.EPSV ||
    verb === Verb.PASV ||
    verb === Verb.PORT ||
    verb === Verb.EPRT ||
    verb === Verb.LPSV ||
    verb === Verb.LPRT
  );
}
