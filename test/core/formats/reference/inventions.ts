/** Small logs as FileZilla Server would write them, and damage done to them. All of it comes from a seed. */
import type { DateOrder } from '../../../../src/core/report.ts';
import { type Draw, drawFrom } from '../../../trust/mutations.ts';

/** A log, one character for each byte. */
export interface Invention {
  readonly text: string;
  readonly order: DateOrder;
}

const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

const USERS = [
  'anna',
  'john doe',
  'second - one (home)',
  'müller',
  'пользователь',
  'a]b',
  'x) y',
  '(',
  'backup> (nas)',
];
const PEERS = ['192.0.2.7', '198.51.100.250', '2001:db8::7', '::1', 'fe80::1%eth0', '::ffff:192.0.2.9'];
const PATHS = [
  'report.pdf',
  'a b.txt',
  'naïve – файл.log',
  'x>y (1)> z.log',
  '[FTP Session 9 ::1] 226 x',
  '"quoted".txt',
  '',
];

const COMMANDS = [
  ...[
    'PASS ****',
    'PASS secret',
    'pass\tsecret',
    'ACCT x',
    'EPSV',
    'EPSV ALL',
    'epsv 2',
    'PASV',
    'FEAT',
    'QUIT',
    'NOOP',
  ],
  ...['SIZE', 'MDTM', 'AUTH TLS', 'opts utf8 on', 'XSHA256 a', 'ABOR', '\xff\xf4\xff\xf2ABOR', ' PWD', 'TYPE I', ''],
  ...['PORT 192,0,2,7,195,80', 'EPRT |2|2001:db8::7|50000|', 'GET / HTTP/1.1', 'Host: 203.0.113.27', 'USER', 'USERS x'],
];

const REPLIES = [
  ...[
    '220 ready',
    '220-hello',
    '211-Features:',
    '211 End',
    '250-Listing x',
    '250 End',
    '226',
    '226-',
    '550 Permission denied',
  ],
  ...[
    '229 Entering Extended Passive Mode (|||50007|)',
    '227 Entering Passive Mode (203,0,113,9,195,80)',
    '230 Logged on',
  ],
  ...[
    '426 Connection closed; transfer aborted.',
    '421 Activity timeout.',
    '331 Password required for anna',
    '700 x',
    '99 x',
  ],
];

const REMARKS_09 = [
  ...['Connected on port 21, sending welcome message...', 'Connected, sending welcome message...', 'disconnected.'],
  ...['could not send reply, disconnected.', "Can't get remote IP, disconnected", 'TLS connection established'],
  ...['SSL connection for data connection established', 'TLS warning: SSL3 alert read: fatal: bad certificate'],
  ...[
    'Data connection TLS warning: SSL3 alert write: warning: no renegotiation',
    'Failed to set certificate and private key',
  ],
  ...['Failed to convert reply to UTF-8', 'Could not get peer name', 'Refusing connection, server too busy!'],
  ...[' MDTM', ' SIZE', 'MLSD', '  2. QUIT when done'],
];

const SERVER_LINES_09 = [
  ...[
    'FileZilla Server 0.9.60 beta started',
    'Initializing Server.',
    'Creating listen socket on port 21...',
    'Server online.',
  ],
  ...['Server not online.', 'Failed to create listen socket for admin interface', 'Number of threads increased to 2.'],
  ...['> 220-FileZilla Server 0.9.60 beta', '> USER anna', '> 226 done', '>', 'something else', ''],
];

const REMARKS_1 = [
  ...['A command is already being processed. Queuing the new one until the current one is finished.'],
  ...['Control channel closed with error from source 0. Reason: ETIMEDOUT - Connection attempt timed out.'],
  ...['TLS session of data connection not resumed.', 'Client did not properly shut down TLS connection'],
  ...['GnuTLS error -110 in gnutls_record_recv: The TLS connection was non-properly terminated.'],
  ...[
    'Failed securing control connection. Reason: ECONNABORTED - Connection aborted.',
    'Realm ftp is enabled for user anna.',
  ],
  ...['Failed making the data connection secure!', 'Failed connection for data socket. Reason: ECONNREFUSED'],
  ...["Data peer IP [192.0.2.9] differs from control peer IP [192.0.2.7]: this shouldn't happen"],
  ...['Failed listen(2, 50029) for data connection. Reason: EAI_ADDRFAMILY'],
];

const SERVER_LINES_1 = [
  ...['===== FileZilla Server 1.7.3 new logging started =====', '===== new logging started =====', '===== done ====='],
  ...[
    '[FTP Server] Listening on 0.0.0.0:21 [Explicit FTP over TLS and insecure plain FTP].',
    'Setting up TLS for the FTP Server',
  ],
  ...['[FTP Server] Address 192.0.2.9 has been temporarily banned due to brute force protection. Refusing connection.'],
  ...[
    '[FTP Server] Peer 2001:db8::9 is not allowed.',
    '[Administration Server] Listening on 127.0.0.1:14148.',
    'what else',
  ],
  ...[
    '[SSH SFTP Session 3 192.0.2.7] hello',
    '[FTP Server] Session 4 ended gracefully.',
    '[FTP Server] Session 99 ended gracefully.',
  ],
  ...[
    '[FTP Server] Session 2 ended with error. Reason: ECONNRESET - Connection reset by peer',
    'SHA256 certificate fingerprint: 00',
  ],
];

interface Locale {
  readonly order: DateOrder;
  write(day: number, month: number, hour: number, minute: number, second: number): string;
}

const two = (number: number) => String(number).padStart(2, '0');
const half = (hour: number) => (hour < 12 ? 'AM' : 'PM');

/** How the locales of Windows write a moment of 2018. */
const LOCALES: readonly Locale[] = [
  { order: 'mdy', write: (d, mo, h, mi, s) => `${mo}/${d}/2018 ${h}:${two(mi)}:${two(s)} ${half(h)}` },
  { order: 'dmy', write: (d, mo, h, mi, s) => `${two(d)}/${two(mo)}/2018 ${two(h)}:${two(mi)}:${two(s)}` },
  { order: 'dmy', write: (d, mo, h, mi, s) => `${two(d)}.${two(mo)}.18 ${h}:${two(mi)}:${two(s)}` },
  { order: 'dmy', write: (d, mo, h, mi, s) => `${d}. ${mo}. 2018 ${two(h)}.${two(mi)}.${two(s)}` },
  { order: 'dmy', write: (d, _, h, mi) => `${d}-Jun-2018 ${h}:${two(mi)}` },
  { order: 'dmy', write: (d, mo, h, mi, s) => `${d}/${mo}/2561 ${h}:${two(mi)}:${two(s)}` },
  { order: 'ymd', write: (d, mo, h, mi, s) => `2018/${mo}/${d} ${h}:${two(mi)}:${two(s)}` },
  { order: 'ymd', write: (d, mo, h, mi, s) => `2018-${two(mo)}-${two(d)} ${two(h)}:${two(mi)}:${two(s)}` },
  { order: 'ymd', write: (d, mo, h, mi, s) => `2018. ${two(mo)}. ${two(d)}. ${h}:${two(mi)}:${two(s)}` },
  { order: 'ymd', write: (d, mo, h, mi, s) => bytes(`2018/${mo}/${d} 下午 ${two(h)}:${two(mi)}:${two(s)}`) },
];

const LINES_MAX = 40;
const SESSIONS_MAX = 5;

/** A log of 0.9, of its file or of its window. */
export function invent09(seed: number): Invention {
  const draw = drawFrom(seed);
  const pick = pickerOf(draw);
  const locale = pick(LOCALES);
  const blank = draw() < 0.7 ? ' ' : '';
  const sessions = Array.from({ length: SESSIONS_MAX }, () => ({ user: pick(USERS), peer: pick(PEERS) }));
  let seconds = Math.floor(draw() * 86_000);
  const lines = linesOf(draw, () => {
    if (draw() < 0.3) seconds++;
    if (draw() < 0.08) return pick(SERVER_LINES_09);
    const id = Math.floor(draw() * SESSIONS_MAX);
    const { user, peer } = sessions[id]!;
    const name = draw() < 0.3 ? '(not logged in)' : bytes(user);
    const stamp = locale.write(
      3 + (id % 2),
      6,
      Math.floor(seconds / 3600),
      Math.floor(seconds / 60) % 60,
      seconds % 60,
    );
    const number = String(id === 4 ? 1_000_000 : id + 1).padStart(6, '0');
    const text = draw() < 0.2 ? pick(REMARKS_09) : textOf(draw, pick);
    return `(${number})${blank}${stamp} - ${name} (${draw() < 0.03 ? 'ip unknown' : peer})> ${text}`;
  });
  return { text: lines, order: locale.order };
}

/** A log of 1.x, with stamps or without. */
export function invent1(seed: number): Invention {
  const draw = drawFrom(seed);
  const pick = pickerOf(draw);
  const isStamped = draw() < 0.7;
  const sessions = Array.from({ length: SESSIONS_MAX }, () => ({ user: pick(USERS), peer: pick(PEERS) }));
  let now = Date.UTC(2026, 10, 22) + Math.floor(draw() * 86_400_000);
  const lines = linesOf(draw, () => {
    now += Math.floor(draw() * 700);
    const stamp = isStamped ? `${new Date(now).toISOString()} ` : '';
    if (draw() < 0.12) return `${stamp}${pick(['==', '==', '!!', 'WW', 'DI'])} ${pick(SERVER_LINES_1)}`;
    const id = Math.floor(draw() * SESSIONS_MAX);
    const { user, peer } = sessions[id]!;
    const info = `[FTP Session ${id + 1} ${peer}${draw() < 0.3 ? '' : ` ${bytes(user)}`}]`;
    if (draw() < 0.15) return `${stamp}${pick(['==', '!!', 'WW', 'DV'])} ${info} ${pick(REMARKS_1)}`;
    const isCommand = draw() < 0.5;
    const text = isCommand ? commandOf(draw, pick) : replyOf(draw, pick);
    return `${stamp}${isCommand ? '>>' : '<<'} ${info} ${text}`;
  });
  return { text: lines, order: 'ymd' };
}

/** A log of 1.x as its interface copies it. */
export function inventCopy(seed: number): Invention {
  const draw = drawFrom(seed);
  const pick = pickerOf(draw);
  const isGerman = draw() < 0.5;
  const hasDate = draw() < 0.7;
  let seconds = Math.floor(draw() * 86_000);
  const lines = linesOf(draw, () => {
    if (draw() < 0.3) seconds++;
    const hour = Math.floor(seconds / 3600);
    const time = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    const date = isGerman ? `22.11.2026 ${two(hour)}:${time}` : `11/22/2026 ${hour % 12 || 12}:${time} ${half(hour)}`;
    const stamp = hasDate ? `<${date}> ` : '';
    const id = 1 + Math.floor(draw() * SESSIONS_MAX);
    if (draw() < 0.1) return `${stamp}FTP Server [Status] Session ${id} ended gracefully.`;
    const info = `FTP Session ${id} ${pick(PEERS.slice(0, 4))}${draw() < 0.3 ? '' : ' anna'}`;
    const isCommand = draw() < 0.5;
    const word = isCommand ? (isGerman ? 'Befehl' : 'Command') : isGerman ? 'Antwort' : 'Response';
    return `${stamp}${info} [${word}] ${isCommand ? commandOf(draw, pick) : replyOf(draw, pick)}`;
  });
  return { text: lines, order: isGerman ? 'dmy' : 'mdy' };
}

type Pick = <Value>(list: readonly Value[]) => Value;

function pickerOf(draw: Draw): Pick {
  return (list) => list[Math.floor(draw() * list.length)]!;
}

function linesOf(draw: Draw, next: () => string): string {
  const lineEnd = draw() < 0.5 ? '\r\n' : '\n';
  return Array.from({ length: 4 + Math.floor(draw() * LINES_MAX) }, () => next() + lineEnd).join('');
}

function textOf(draw: Draw, pick: Pick): string {
  return draw() < 0.5 ? commandOf(draw, pick) : replyOf(draw, pick);
}

function commandOf(draw: Draw, pick: Pick): string {
  if (draw() < 0.5) return pick(COMMANDS);
  return `${pick(['RETR', 'STOR', 'CWD', 'mlsd', 'SITE'])} ${bytes(pick(PATHS))}`;
}

function replyOf(draw: Draw, pick: Pick): string {
  if (draw() < 0.6) return pick(REPLIES);
  return `${pick(['150 Opening data channel for', '226 Successfully transferred', '550-', '211-', '220-'])} "/${bytes(pick(PATHS))}"`;
}

const DAMAGES: readonly ((draw: Draw, text: string) => string)[] = [
  // Characters: deleted, doubled, swapped, another digit, another character.
  (draw, text) => cutAt(text, draw, (before, after) => before + after.slice(1)),
  (draw, text) => cutAt(text, draw, (before, after) => before + after.slice(0, 1) + after),
  (draw, text) => cutAt(text, draw, (before, after) => before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2)),
  (draw, text) => cutAt(text, draw, (before, after) => before + after.replace(/\d/, String(Math.floor(draw() * 10)))),
  (draw, text) => cutAt(text, draw, (before, after) => before + pickerOf(draw)(CHARACTERS) + after.slice(1)),
  (draw, text) => cutAt(text, draw, (before, after) => before + pickerOf(draw)(CHARACTERS) + after),
  // Stretches: lost, at the beginning, at the end.
  (draw, text) => cutAt(text, draw, (before, after) => before + after.slice(Math.floor(draw() * 120))),
  (draw, text) => cutAt(text, draw, (_, after) => after),
  (draw, text) => cutAt(text, draw, (before) => before),
  // Lines: deleted, doubled, swapped, joined, with another end.
  (draw, text) => atLine(text, draw, (line, next) => next.concat(line.slice(0, 0))),
  (draw, text) => atLine(text, draw, (line, next) => line + line + next),
  (draw, text) => atLine(text, draw, (line, next) => next + line),
  (draw, text) => atLine(text, draw, (line, next) => line.trimEnd() + next),
  (_, text) => (text.includes('\r') ? text.replaceAll('\r', '') : text.replaceAll('\n', '\r\n')),
];

const CHARACTERS = [...' \t()[]<>-:./,"0123456789ZTAaxé\0\r\n|!=', '\xff', '\xc3', bytes('下'), '\u00a0'].map(
  (character) => (character.charCodeAt(0) > 0xff ? bytes(character) : character),
);

/** Does up to `most` kinds of damage to a text, none in some. */
export function damage(text: string, seed: number, most = 6): string {
  const draw = drawFrom(seed ^ 0x5bd1e995);
  let damaged = text;
  for (let left = Math.floor(draw() * (most + 1)); left > 0; left--) damaged = pickerOf(draw)(DAMAGES)(draw, damaged);
  return damaged;
}

function cutAt(text: string, draw: Draw, join: (before: string, after: string) => string): string {
  const at = Math.floor(draw() * text.length);
  return join(text.slice(0, at), text.slice(at));
}

/** Puts another text in the place of two lines that follow each other. */
function atLine(text: string, draw: Draw, change: (line: string, next: string) => string): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  if (lines.length < 2) return text;
  const at = Math.floor(draw() * (lines.length - 1));
  lines.splice(at, 2, change(lines[at]!, lines[at + 1]!));
  return lines.join('');
}
