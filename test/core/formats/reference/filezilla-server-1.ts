/** FileZilla Server 1.x by regular expressions, to hold the scanner against: its file, and what its interface copies. */
import { failureIn } from '../../../../src/core/formats/failures.ts';
import { type Fact, isoDate, msOfDay, type ReferenceScanner, readCommand, readReply } from './dialogue.ts';

const HEAD = /^(?:(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?Z )?(==|!!|>>|<<|WW|D[DWIV]|PP) (.*)$/s;
/** In a session's line a name may hold a bracket; the one before a blank ends it. */
const SESSION_LINE = /^\[FTP Session (\d{1,10}) ([^ \]]*)(?:[ \]](.*?))??\](?: (.*))?$/s;

const REMARKS: readonly (readonly [RegExp, string])[] = [
  [/^A command is already being processed/, 'Note.CommandQueued'],
  [/^Control channel closed with error/, 'Note.ConnectionLost'],
  [/^TLS session of data connection not resumed/, 'Note.TlsNotResumed'],
  [/^GnuTLS error -110|^Client did not properly shut down TLS/, 'Note.TlsNotClosed'],
  [/^Failed securing control connection/, 'Note.TlsFailed'],
  [/^Failed making the data connection secure/, 'Note.DataTlsFailed'],
  [/^Failed connection for data socket|^Data peer IP /, 'Note.DataFailed'],
];

/** What the server says at its start, by which its lines are known where they have no stamp. */
const START =
  /^(?:===== |Setting up TLS for the |Generating self-signed certificate|SHA1 certificate fingerprint: |SHA256 certificate fingerprint: |Settings written to |resolve_paths: )/;

type Gravity = 'status' | 'error' | 'warning';
type Where = Pick<Fact, 'day' | 'ms'>;
type Who = Where & Pick<Fact, 'key' | 'user' | 'peer'>;

/** Reads a log of either shape. */
export function referenceOf1(): ReferenceScanner {
  const greeting = new Set<number>();
  let mayBeStarting = false;
  let isBare = false;

  function readDialogue(isCommand: boolean, text: string, who: Who): Fact[] {
    const key = who.key!;
    const isGreeting = greeting.delete(key);
    if (isCommand) return [{ ...who, ...readCommand(text) }];
    const reply = readReply(text);
    if (reply === null) return [{ ...who, what: 'ReplyPart', text }];
    const said = { ...who, ...reply };
    if (reply.code !== 220) return [said];
    if (reply.what === 'ReplyPart') greeting.add(key);
    return isGreeting ? [said] : [{ ...who, what: 'Connected' }, said];
  }

  function readFileLine(head: RegExpExecArray): Fact[] | null {
    const [, year, month, date, hour, minute, second, fraction, tag, rest] = head;
    const isStamped = year !== undefined;
    const day = isStamped ? isoDate(Number(year), Number(month), Number(date)) : null;
    const thousandths = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
    const ms = isStamped ? msOfDay(Number(hour), Number(minute), Number(second), thousandths) : null;
    if (isStamped && (day === null || ms === null)) return null;
    const where = { day, ms };
    const isDebug = /^[DP]/.test(tag!);
    const gravity = tag === '!!' ? 'error' : 'status';
    const isDialogue = tag === '>>' || tag === '<<';

    if (/^\[FTP Session \d{1,10} /.test(rest!)) {
      const session = SESSION_LINE.exec(rest!);
      if (session === null) return null;
      const [, id, peer, user, message] = session;
      mayBeStarting = false;
      const who = { ...where, key: Number(id), peer: peer!, user: user ?? '' };
      if (isDebug) return [];
      return isDialogue
        ? readDialogue(tag === '>>', message ?? '', who)
        : readSessionRemark(gravity, message ?? '', who);
    }
    const isNamed = rest!.startsWith('[');
    if (!isStamped && !isNamed && !START.test(rest!)) return null;
    if (isDialogue) return isNamed ? [] : null;
    if (isDebug) return [];
    return readServerRemark(gravity, rest!, where);
  }

  function readServerRemark(gravity: Gravity, rest: string, where: Where): Fact[] {
    const own = /^\[FTP Server\] (.*)$/s.exec(rest)?.[1];
    const ended = own === undefined ? null : readSessionEnd(own, where);
    if (ended !== null) return ended;
    const log = /^===== (.*)$/s.exec(rest);
    if (log !== null) {
      const product = /^===== (.*?) ?(?<= )new logging started =====$/s.exec(rest);
      mayBeStarting = product !== null;
      return [
        {
          ...where,
          what: product === null ? 'Note.Other' : 'Note.Program',
          text: product === null ? log[1]! : product[1]!,
        },
      ];
    }
    const said = readRemarkOfServer(gravity, own ?? rest, where);
    // The log may have got another name; listeners come up when the server starts.
    if (!mayBeStarting || !(own ?? rest).startsWith('Listening on ')) return [said];
    mayBeStarting = false;
    return [{ ...where, what: 'Note.ServerStarted', text: own ?? rest }, said];
  }

  function readCopiedLine(line: string): Fact[] | null {
    const columns = columnsOf(line);
    if (columns === null) return null;
    if (columns === 'titles') return [];
    const { date, info, type, message } = columns;
    const where = date === null ? { day: null, ms: null } : readLocalTime(date);
    if (type === 'trace') return [];
    const session = /^FTP Session (\d{1,10}) (\S+)(?: (.*))?$/s.exec(info ?? '');
    if (session !== null) {
      const who = { ...where, key: Number(session[1]), peer: session[2]!, user: session[3] ?? '' };
      return type === 'command' || type === 'response'
        ? readDialogue(type === 'command', message, who)
        : readSessionRemark(type, message, who);
    }
    const ended = readSessionEnd(message, where);
    if (info) return ended ?? [readRemarkOfServer(type as Gravity, message, where)];
    // Without that column everything is one session's.
    const who = { ...where, key: 0 };
    if (type === 'command' || type === 'response') {
      isBare = true;
      return readDialogue(type === 'command', message, who);
    }
    if (isBare) return ended?.map((fact) => ({ ...fact, key: 0 })) ?? readSessionRemark(type, message, who);
    return date === null ? null : [readRemarkOfServer(type, message, where)];
  }

  return {
    read(line) {
      const whole = line.replace(/\r$/, '');
      const head = HEAD.exec(whole);
      return head === null ? readCopiedLine(whole) : readFileLine(head);
    },
  };
}

function readSessionRemark(gravity: Gravity, text: string, who: Who): Fact[] {
  const what = REMARKS.find(([pattern]) => pattern.test(text))?.[1];
  if (what === undefined) return [{ ...who, what: gravity === 'error' ? 'Note.ServerError' : 'Note.Other', text }];
  const isFailure = what === 'Note.ConnectionLost' || what === 'Note.DataFailed';
  const remark = { ...who, what, text, ...(isFailure ? { failure: failureOf(text) } : {}) };
  // The server tells no end of such a session.
  return what === 'Note.ConnectionLost' ? [remark, overOf(who)] : [remark];
}

/** `Session 7 ended gracefully.` or `… with error. Reason: …`. */
function readSessionEnd(text: string, where: Where): Fact[] | null {
  const ended = /^Session (\d+) ended /.exec(text);
  if (ended === null) return null;
  const who = { ...where, key: Number(ended[1]) };
  if (!text.includes('with error')) return [{ ...who, what: 'Disconnected', text }];
  return [{ ...who, what: 'Note.ConnectionLost', text, failure: failureOf(text) }, overOf(who)];
}

function overOf({ key, day, ms }: Who): Fact {
  return { key, day, ms, what: 'Note.SessionOver' } as Fact;
}

function readRemarkOfServer(gravity: Gravity, text: string, where: Where): Fact {
  const refused = /^(?:Address ([^ ]*) has been temporarily banned|Peer ([^ ]*) is not allowed)/.exec(text);
  if (refused !== null) return { ...where, what: 'Note.PeerRefused', text, address: refused[1] ?? refused[2] ?? '' };
  return { ...where, what: gravity === 'error' ? 'Note.ServerError' : 'Note.Other', text };
}

function failureOf(text: string): number {
  const reason = /Reason: (.*)$/s.exec(text);
  return reason === null ? 0 : failureIn(reason[1]!);
}

interface Columns {
  readonly date: string | null;
  readonly info: string | null;
  readonly type: Gravity | 'command' | 'response' | 'trace';
  readonly message: string;
}

const TYPES: Readonly<Record<string, Columns['type']>> = {
  Status: 'status',
  Error: 'error',
  Fehler: 'error',
  Command: 'command',
  Befehl: 'command',
  Response: 'response',
  Antwort: 'response',
  Warning: 'warning',
  Warnung: 'warning',
  Trace: 'trace',
};

function columnsOf(line: string): Columns | 'titles' | null {
  if (/^(?:<Date\/Time> Info \[Type\] Message|"Date\/Time","Info","Type","Message")$/.test(line)) return 'titles';
  const cells = /^"((?:[^"]|"")*)","((?:[^"]|"")*)","((?:[^"]|"")*)","((?:[^"]|"")*)"$/s.exec(line);
  const [date, info, word, message] =
    cells?.slice(1).map((cell) => cell.replaceAll('""', '"')) ??
    /^(?:<([^<>]*)> )?(.*?) ?\[([A-Za-z]+)\] (.*)$/s.exec(line)?.slice(1) ??
    [];
  const type = TYPES[word ?? ''];
  return type === undefined ? null : { date: date ?? null, info: info || null, type, message: message! };
}

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The stamp in the forms of Windows in America and in Germany, and of the C locale. */
function readLocalTime(date: string): Where {
  const us = /^(\d+)\/(\d+)\/(\d{4}) (\d+):(\d\d):(\d\d) ([AP])M$/.exec(date);
  if (us !== null) {
    const hour = (Number(us[4]) % 12) + (us[7] === 'P' ? 12 : 0);
    return {
      day: isoDate(Number(us[3]), Number(us[1]), Number(us[2])),
      ms: msOfDay(hour, Number(us[5]), Number(us[6])),
    };
  }
  const german = /^(\d+)\.(\d+)\.(\d{4}) (\d+):(\d\d):(\d\d)$/.exec(date);
  if (german !== null)
    return {
      day: isoDate(Number(german[3]), Number(german[2]), Number(german[1])),
      ms: msOfDay(Number(german[4]), Number(german[5]), Number(german[6])),
    };
  const plain = /^\w+ (\w+) +(\d+) (\d+):(\d\d):(\d\d) (\d{4})$/.exec(date);
  if (plain === null) return { day: null, ms: null };
  return {
    day: isoDate(Number(plain[6]), NAMES.indexOf(plain[1]!) + 1, Number(plain[2])),
    ms: msOfDay(Number(plain[3]), Number(plain[4]), Number(plain[5])),
  };
}
