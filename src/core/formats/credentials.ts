/** Credentials in pasted command lines and URLs, blotted out before anything is kept of them. */

const BLOT = '***';

/** `user:password@` of a URL. A password may hold `@`, so the last one before the path counts. */
const USERINFO = /:\/\/[^\s/'"<>]*@/g;

/** A shell word: quoted, or up to the next blank. */
const WORD = `(?:"[^"]*"?|'[^']*'?|[^\\s'"]+)`;
/** Long options of curl, wget and lftp that are followed by a secret, or by a user's name and password. */
const LONG_OPTION = new RegExp(
  `(--(?:user|proxy-user|pass|proxy-pass|key-pass|cert|proxy-cert|oauth2-bearer|tlspassword|proxy-tlspassword|` +
    `password|ftp-password|http-password|proxy-password)(?:=|\\s+))${WORD}`,
  'g',
);
/** curl's and lftp's `-u`, `-U` and `-E`, alone or at the end of a cluster such as `-vku`, with or without a blank. */
const SHORT_OPTION = new RegExp(`((?:^|\\s)-[#0-9A-Za-z]{0,8}?[uUE]\\s*)${WORD}`, 'g');
const AUTHORIZATION = /(authorization:\s*)[^'"]+/gi;

/** The text with the credentials of its URLs blotted out. */
export function blotUrls(text: string): string {
  return text.replace(USERINFO, `://${BLOT}@`);
}

/** The command line with the credentials of its options and URLs blotted out. */
export function blotCommandLine(text: string): string {
  return blotUrls(text)
    .replace(LONG_OPTION, `$1${BLOT}`)
    .replace(SHORT_OPTION, `$1${BLOT}`)
    .replace(AUTHORIZATION, `$1${BLOT}`);
}
