import type { Claims } from './claims.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { Tokens } from './tokens.ts';

/** Sentences and prefixes of programs that name a host. */
const HOSTS = [
  /resolve host(?: name)?:? ['"]?([\w.-]+)/di,
  /\b(?:Connected to|Established connection to) ([\w.-]+) \(/d,
  /\bHost ([\w.-]+):\d+ was resolved/d,
  /\bto host ([\w.-]+?)(?::\d+)? left intact/d,
  /\b(?:Hostname|Host name): ([\w.-]+)/di,
  /\bResolving (?:host )?(?:address of )?['"]?([\w.-]+)/d,
  /^(?:<\d+>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ([\w.-]+) /d,
  /^\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)? ([\w.-]+) [\w./-]+\[\d+\]/d,
  /\(([\w-]+(?:\.[\w-]+)*)\[[0-9A-Fa-f:.]+\]\)/d,
];

/** Learns hosts that a line names in a place where nothing else stands. */
export function learnPlaces(text: string, tokens: Tokens): void {
  for (const pattern of HOSTS) {
    const [, name] = pattern.exec(text) ?? [];
    // Short names may be words elsewhere.
    if (name !== undefined && name.length >= LEARNED_LENGTH_MIN) tokens.addHost(name);
  }
}

/** Claims the hosts in such places, short ones too. */
export function claimPlaces(claims: Claims, pseudonyms: Pseudonyms): void {
  for (const pattern of HOSTS) {
    const { indices } = pattern.exec(claims.text) ?? {};
    if (indices?.[1] === undefined) continue;
    const [start, end] = indices[1];
    claims.claim(start, end, pseudonyms.host(claims.text.substring(start, end)));
  }
}

const LEARNED_LENGTH_MIN = 4;

const COMMAND =
  /(?:^|[>"':]|<-)[ \t]*(USER|CWD|XCWD|MKD|XMKD|RMD|XRMD|DELE|RETR|STOR|APPE|STOU|LIST|NLST|MLSD|MLST|SIZE|MDTM|RNFR|RNTO|STAT)[ \t]+(\S.*)$/;

/**
 * Claims the argument of the command that a whole line shows. Only for transcripts with their line ends in place: elsewhere
 * the next line may stand behind it.
 */
export function claimCommand(claims: Claims, pseudonyms: Pseudonyms): void {
  const line = claims.text.trimEnd();
  const match = COMMAND.exec(line);
  if (match === null) return;
  const [, verb, rest = ''] = match;
  const start = line.length - rest.length;
  const quote = line[start - verb!.length - 2];
  const close = quote === '"' || quote === "'" ? rest.indexOf(quote) : -1;
  const argument = close < 0 ? rest : rest.substring(0, close);
  // ProFTPD says `USER anna: Login successful.`
  if (/^-[A-Za-z]+$/.test(argument) || (verb === 'USER' && argument.includes(': '))) return;
  const replaced = verb === 'USER' ? pseudonyms.user(argument) : pseudonyms.path(argument);
  claims.claim(start, start + argument.length, replaced);
}
