import type { Claims } from './claims.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { Tokens } from './tokens.ts';
import { isKnownHost } from './vocabulary.ts';

/** Sentences and prefixes of programs that name a host. */
const HOSTS = [
  /resolve host(?: name)?:? ['"]?([\w.-]+)/i,
  /\b(?:Connected to|Established connection to) ([\w.-]+) \(/,
  /\bHost ([\w.-]+):\d+ was resolved/,
  /\bto host ([\w.-]+?)(?::\d+)? left intact/,
  /\b(?:Hostname|Host name): ([\w.-]+)/i,
  /\bResolving (?:host )?(?:address of )?['"]?([\w.-]+)/,
  /^(?:<\d+>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ([\w.-]+) /,
  /^\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)? ([\w.-]+) [\w./-]+\[\d+\]/,
  /\(([\w-]+(?:\.[\w-]+)*)\[[0-9A-Fa-f:.]+\]\)/,
];

/** Learns hosts and users that a line names in a place where nothing else stands. */
export function learnPlaces(text: string, tokens: Tokens): void {
  for (const pattern of HOSTS) {
    const [, name] = pattern.exec(text) ?? [];
    if (name !== undefined && !isKnownHost(name)) tokens.addHost(name);
  }
}

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
  if (/^-[A-Za-z]+$/.test(argument)) return;
  const replaced = verb === 'USER' ? pseudonyms.user(argument) : pseudonyms.path(argument);
  claims.claim(start, start + argument.length, replaced);
}
