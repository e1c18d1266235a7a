/** What is typed at the prompt of a command-line client, and the commands that it makes the client send. */
import { packVerb, Verb } from '../ftp/verbs.ts';

/** A command that follows from what was typed. */
export interface TypedCommand {
  readonly verb: string;
  readonly argument: string;
  /** A transfer is asked for only after a data connection was set up. */
  readonly transfer: boolean;
}

const TRANSFERS: Readonly<Record<string, string>> = {
  get: 'RETR',
  recv: 'RETR',
  mget: 'RETR',
  reget: 'RETR',
  put: 'STOR',
  send: 'STOR',
  mput: 'STOR',
  append: 'APPE',
  ls: 'LIST',
  dir: 'LIST',
  nlist: 'NLST',
  mlsd: 'MLSD',
};
const OTHERS: Readonly<Record<string, string>> = {
  cd: 'CWD',
  cdup: 'CDUP',
  pwd: 'PWD',
  delete: 'DELE',
  mkdir: 'MKD',
  rmdir: 'RMD',
  size: 'SIZE',
  modtime: 'MDTM',
  system: 'SYST',
  site: 'SITE',
  rhelp: 'HELP',
  remotehelp: 'HELP',
  quit: 'QUIT',
  bye: 'QUIT',
  exit: 'QUIT',
  close: 'QUIT',
  disconnect: 'QUIT',
  user: 'USER',
};
const PROMPT = /^(?:[ln]?c?ftp)(?: ?[^>]{0,200})?> ?/;

/** The text behind the client's prompt (`ftp> get file`), null where no prompt stands. */
export function behindPrompt(line: string): string | null {
  const prompt = PROMPT.exec(line);
  return prompt === null ? null : line.substring(prompt[0].length);
}

/** The command that a line typed at the prompt makes the client send; null for one that stays with the client. */
export function readTyped(typed: string): TypedCommand | null {
  const [word = '', ...rest] = typed.trim().split(/\s+/);
  const name = word.toLowerCase();
  const transfer = TRANSFERS[name];
  if (transfer !== undefined) {
    // `put local remote`, `get remote local`.
    const argument = transfer === 'STOR' || transfer === 'APPE' ? (rest[1] ?? rest[0] ?? '') : (rest[0] ?? '');
    return { verb: transfer, argument: unquote(argument), transfer: true };
  }
  const type = typeOf(name === 'type' ? (rest[0] ?? '').toLowerCase() : name);
  if (type !== null) return { verb: 'TYPE', argument: type, transfer: false };
  if (name === 'quote' || name === 'literal') {
    const [verb = '', ...words] = rest;
    if (!/^[A-Za-z]{3,4}$/.test(verb)) return null;
    return { verb: verb.toUpperCase(), argument: words.join(' '), transfer: false };
  }
  const verb = OTHERS[name];
  if (verb === undefined) return null;
  // A password may be typed behind the user's name.
  const argument = verb === 'USER' ? (rest[0] ?? '') : rest.join(' ');
  return { verb, argument: unquote(argument), transfer: false };
}

function typeOf(word: string): string | null {
  if (word === 'ascii') return 'A';
  return word === 'binary' || word === 'bin' || word === 'image' ? 'I' : null;
}

function unquote(text: string): string {
  return /^"[^"]*"$/.test(text) ? text.substring(1, text.length - 1) : text;
}

/** The verb of a set-up that a reply speaks of: 227 and 229 by their code, others by their text. 0 for none. */
export function setupVerbOf(code: number, text: string): number {
  if (code === 227) return Verb.PASV;
  if (code === 228) return Verb.LPSV;
  if (code === 229) return Verb.EPSV;
  if (code !== 200 && code < 500) return 0;
  const named = /\b(EPRT|EPSV|PORT|PASV|LPRT|LPSV)\b/i.exec(text);
  return named === null ? 0 : packVerb(named[1]!.toUpperCase());
}
