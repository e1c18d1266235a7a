/** FileZilla Server 0.9 by regular expressions, to hold the scanner against. */
import type { DateOrder } from '../../../../src/core/report.ts';
import { type Fact, isoDate, msOfDay, type ReferenceScanner, readCommand, readReply } from './dialogue.ts';

const BETWEEN = String.raw`[/. ,\x80-\xff-]{1,6}`;
/** A weekday or an era may stand before the date, a marker of the day's half before and behind the time. */
const DATE = new RegExp(String.raw`^[^\d(>-]{0,23}(\d{1,4})${BETWEEN}(\d{1,3}|[A-Za-z]{3})${BETWEEN}(\d{1,4})(?!\d)`);
const TIME = /^[^\d(>-]{1,23}(\d{1,2})[:.\x80-\xff]+(\d{1,2})(?:[:.\x80-\xff]+(\d{1,2}))?/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** How each sentence of the program about a session begins, and what it tells. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^Connected on port |^Connected, sending/, 'Connected'],
  [/^disconnected|^could not send reply|^Can't get remote IP/, 'Disconnected'],
  [/^(?:TLS|SSL) connection for data connection established/, 'Note.DataTlsConnected'],
  [/^(?:TLS|SSL) connection established/, 'Note.TlsConnected'],
  [/^(?:TLS|SSL) warning:.*fatal/s, 'Note.TlsFailed'],
  [/^Data connection (?:TLS|SSL) warning:.*fatal/s, 'Note.DataTlsFailed'],
  [/^(?:Data connection )?(?:TLS|SSL) warning:/, 'Note.Other'],
  [/^Failed to (?:load |initialize |set certificate)/, 'Note.TlsFailed'],
  [/^Failed to |^Could not get peer name/, 'Note.ServerError'],
  [/^Refusing connection/, 'Note.PeerRefused'],
];

const SERVER_SENTENCES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:Server not online|No listen ports set in settings|Failed to bind the listen socket|Failed to create (?:a )?listen socket|Failure in CListenSocket::OnAccept)/,
    'Note.ServerError',
  ],
  [
    /^(?:Creating listen socket on port |Server online|Server offline|Listen socket port changed|Closing all listening sockets|Number of threads increased to |Decreasing number of threads to |If you use a firewall, please check your firewall configuration|Warning: FTP over |You appear to be behind a NAT router)/,
    'Note.Other',
  ],
];

/** Commands that stand in no reply: the one that was open was cut off. */
const COMMANDS =
  /^(?:USER|PASS|QUIT|CWD|CDUP|PWD|XPWD|LIST|NLST|RETR|STOR|APPE|PASV|PORT|TYPE|SYST|NOOP|DELE|RNFR|RNTO|MKD|RMD)(?=[ \t]|$)/i;

/** Reads a log whose dates are written in `order`. */
export function referenceOf09(order: DateOrder): ReferenceScanner {
  const openReplies = new Set<number>();
  let isStarting = false;
  let isPrefixLost = false;

  function readText(text: string, key: number): Omit<Fact, 'key'> {
    const reply = readReply(text);
    if (reply !== null) {
      if (reply.what === 'Reply') openReplies.delete(key);
      // Each line of a greeting has its code.
      else if (reply.code !== 220) openReplies.add(key);
      return reply;
    }
    const sentence = SENTENCES.find(([pattern]) => pattern.test(text));
    if (sentence !== undefined) {
      openReplies.delete(key);
      return { what: sentence[1], text, port: Number(/^Connected on port (\d+)/.exec(text)?.[1] ?? 0) };
    }
    if (openReplies.has(key) && !COMMANDS.test(text)) return { what: 'ReplyPart', text };
    openReplies.delete(key);
    return readCommand(text);
  }

  function readServerLine(text: string): Fact[] | null {
    const product = /^(?=FileZilla Server )(.*) started$/s.exec(text)?.[1];
    if (product !== undefined || text.startsWith('Initializing Server')) {
      // Both lines are of one start.
      if (isStarting) return [];
      isStarting = true;
      openReplies.clear();
      const started = { what: 'Note.ServerStarted', text };
      return product === undefined ? [started] : [started, { what: 'Note.Program', text: product }];
    }
    const sentence = SERVER_SENTENCES.find(([pattern]) => pattern.test(text));
    return sentence === undefined ? null : [{ what: sentence[1], text }];
  }

  /** `> text` is all that some posts leave of a line. */
  function readBareLine(line: string): Fact[] | null {
    const text = line.replace(/^> ?/, '');
    if (/^220-FileZilla Server|^Connected.*, sending welcome message/s.test(text)) isPrefixLost = true;
    return isPrefixLost ? [{ key: 0, ...readText(text, 0) }] : null;
  }

  return {
    read(line) {
      const whole = line.replace(/\r$/, '');
      if (/^>..+$/s.test(whole)) return readBareLine(whole);
      if (!whole.startsWith('(')) return readServerLine(whole);
      const id = /^\((\d{1,10})\) ?/.exec(whole);
      if (id === null) return null;
      const text = whole.slice(id[0].length);
      const stamp = readStamp(text, order);
      // Posters cut the date out.
      const parts = stamp === null ? /^- (.+)$/s.exec(text) : /^.{0,23}? - (.*)$/s.exec(text.slice(stamp.length));
      const named = parts === null ? null : /^(.*?)\)> ?(.*)$/s.exec(parts[1]!);
      if (named === null) return null;
      const time = stamp === null ? {} : { day: stamp.day, ms: stamp.ms };
      const key = Number(id[1]);
      isStarting = false;
      return [{ key, ...time, ...readText(named[2]!, key), ...readUserAndPeer(named[1]!) }];
    },
  };
}

interface Stamp {
  readonly day: string | null;
  readonly ms: number;
  readonly length: number;
}

function readStamp(text: string, order: DateOrder): Stamp | null {
  const date = DATE.exec(text);
  const day = date === null ? undefined : readDate(date.slice(1), order);
  if (date === null || day === undefined) return null;
  const time = TIME.exec(text.slice(date[0].length));
  const ms = time === null ? null : msOfDay(Number(time[1]), Number(time[2]), Number(time[3] ?? 0));
  return time === null || ms === null ? null : { day, ms, length: date[0].length + time[0].length };
}

/** The date, null if the calendar has none such, undefined for what is no date. */
function readDate([first, second, third]: readonly string[], order: DateOrder): string | null | undefined {
  const name = MONTHS.indexOf(second!.toLowerCase()) + 1;
  if (name === 0 && !/^\d+$/.test(second!)) return undefined;
  const isNamed = name > 0;
  const middle = isNamed ? name : Number(second);
  const isYearFirst = first!.length === 4;
  const readings: Readonly<Record<DateOrder, string | null>> = {
    dmy: isYearFirst ? null : dateOf(third!, middle, Number(first)),
    mdy: isYearFirst || isNamed ? null : dateOf(third!, Number(first), middle),
    ymd: third!.length === 4 || (isNamed && !isYearFirst) ? null : dateOf(first!, middle, Number(third)),
  };
  // Logs of two locales may share a file.
  return readings[order] ?? readings.dmy ?? readings.mdy ?? readings.ymd;
}

/** Two digits are of this century; Thai years are Buddhist. */
function dateOf(year: string, month: number, day: number): string | null {
  const number = Number(year);
  if (year.length <= 2) return number < 70 ? isoDate(2000 + number, month, day) : null;
  if (number > 2400) return isoDate(number - 543, month, day);
  return number < 1900 ? null : isoDate(number, month, day);
}

/** `anna (192.0.2.7`; the name may hold anything. */
function readUserAndPeer(text: string): Pick<Fact, 'user' | 'peer'> {
  const parts = /^(.*)\(([^(]*)$/s.exec(text);
  if (parts === null) return {};
  const user = parts[1]!.replace(/ $/, '');
  const peer = parts[2]!;
  return { user: user === '(not logged in)' ? '' : user, peer: peer.includes(' ') ? '' : peer };
}
