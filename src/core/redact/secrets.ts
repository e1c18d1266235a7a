import type { Claims } from './claims.ts';

const BLOT = '***';
/** A password that the program has hidden itself. */
const HIDDEN = /^(?:\*+|[xX]+|\(hidden\)|<[^>]*>|-|\[hidden\])[."'\])]*$/;
/** Where an argument ends when lines may have been joined: the next line's mark, reply code, or an escaped line end. */
const NEXT_LINE =
  /[<[]\/?[a-z!]|&(?:lt|gt|quot|#\d)|\\[nrt"]|[<>*]?\s[1-5]\d\d(?:[ -]|$)|\(\d{4,8}\)|<\s?[1-5]\d\d[ -]|\s--->|\s<---|["\]]/i;

/** Claims passwords: arguments of PASS and ACCT, of options, and whatever a proxy is told. */
export function claimSecrets(claims: Claims): void {
  const { text } = claims;
  const command = /(^|[\s>"'([\]:\\;-](?:[nrt](?=[PA]))?)(PASS|ACCT|pass|acct|Pass)(\]?[ \t]+\[?)(?=[^\s])/g;
  for (let match = command.exec(text); match !== null; match = command.exec(text)) {
    const start = match.index + match[0].length;
    const isUpper = match[2] !== 'pass' && match[2] !== 'Pass';
    // In lower case only pure-ftpd's `Command [pass] [...]`, or the first word of a line, is a command.
    if (
      !isUpper &&
      !match[3]!.startsWith(']') &&
      match[1] !== '' &&
      !/[>"]\s*$/.test(text.substring(0, match.index + 1))
    )
      continue;
    const end = argumentEnd(text, start, match[1]!);
    command.lastIndex = Math.max(end, start);
    blot(claims, start, end);
  }
  claimAfter(claims, /(?:Proxy-)?Authorization:\s*\w+\s+([^\s"']+)/gi);
  claimAfter(claims, /--(?:ftp-|http-|proxy-)?password \(\w+\) to (\S+)/g);
  claimAfter(claims, /--(?:ftp-|http-|proxy-)?(?:password|passwd|pass)[= ](?!\()(?:"([^"]*)"|'([^']*)'|([^\s"']+))/gi);
  claimAfter(claims, /\bpassword (?:is|was|=|:)\s?"?([^\s"]+)/gi);
  const credentials =
    /(\s(?:-u|-U|--user|--proxy-user)[ =]?["']?)([^\s:,"']{1,256})([:,])([^\s"']+)|(\bftp:\/\/|\bftps:\/\/|\/\/)([^\s/@:"'<>]{0,256}):([^\s/"'<>]{0,256})@/gi;
  for (const match of text.matchAll(credentials)) {
    const secret = match[4] ?? match[7]!;
    const end = match.index + match[0].length - (match[4] === undefined ? 1 : 0);
    blot(claims, end - secret.length, end);
  }
}

function claimAfter(claims: Claims, pattern: RegExp): void {
  for (const match of claims.text.matchAll(pattern)) {
    const secret = match[1] ?? match[2] ?? match[3] ?? '';
    const start = match.index + match[0].lastIndexOf(secret);
    blot(claims, start, start + secret.length);
  }
}

function argumentEnd(text: string, start: number, before: string): number {
  const quote = before === '"' || before === "'" ? text.indexOf(before, start) : -1;
  if (quote >= 0) return quote;
  const rest = text.substring(start);
  const next = rest.search(NEXT_LINE);
  const end = next < 0 ? rest.length : next;
  return start + rest.substring(0, end).trimEnd().length;
}

function blot(claims: Claims, start: number, end: number): void {
  const secret = claims.text.substring(start, end);
  claims.claim(start, end, secret === '' || HIDDEN.test(secret) ? secret : BLOT);
}
