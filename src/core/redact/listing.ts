import type { Claims } from './claims.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** `-rw-r--r--   1 owner group   12 Nov 22 05:04 name`, as LIST prints it on Unix, behind any mark. */
const UNIX =
  /(?<![\w-])[-dlbcps][rwxsStTl-]{9}[+.@]?\s+\d+\s+(\S+)\s+(?:(\S+)\s+)?(\d+)\s+([A-Z][a-z]{2}\s+\d{1,2}\s+(?:\d{4}|\d{1,2}:\d\d)|\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?)\s(.+)$/;
/** `11-22-26  05:04AM   <DIR>   name`, as IIS prints it. */
const DOS = /(?<!\d)\d\d-\d\d-\d\d(?:\d\d)?\s+\d\d:\d\d(?:AM|PM)?\s+(?:<DIR>|\d+)\s+(\S.*)$/;
/** `type=file;size=12;modify=20261122050411; name` (RFC 3659 section 7.2). */
const FACTS = /(?<![\w;])(?:[\w.-]{1,32}=[^;\s]{0,200};){2,32} (.+)$/;

/** Claims the names of a line of a directory listing. */
export function claimListing(claims: Claims, pseudonyms: Pseudonyms): void {
  const { text } = claims;
  if (text.length > 4096) return;
  const line = text.trimEnd();
  const unix = UNIX.exec(line);
  if (unix !== null) {
    const [, owner = '', group = '', , , name = ''] = unix;
    const ownerStart = line.indexOf(owner, unix.index + 12);
    for (const [word, start] of [
      [owner, ownerStart],
      [group, line.indexOf(group, ownerStart + owner.length)],
    ] as const)
      if (/[A-Za-z]/.test(word)) claims.claim(start, start + word.length, pseudonyms.user(word));
    const [file = '', target] = name.split(' -> ');
    claims.claim(line.length - name.length, line.length - name.length + file.length, pseudonyms.path(file));
    if (target) claims.claim(line.length - target.length, line.length, pseudonyms.path(target));
    return;
  }
  const [, name] = DOS.exec(line) ?? FACTS.exec(line) ?? [];
  if (name !== undefined) claims.claim(line.length - name.length, line.length, pseudonyms.path(name));
}
