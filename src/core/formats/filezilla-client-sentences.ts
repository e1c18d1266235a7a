/**
 * What the FileZilla client's Status, Error and Trace lines say. English sentences are known by their text (3.0 to 3.69, and
 * FluentFTP, which writes the same kind of lines); those of other languages by what is not translated: error names, addresses, numbers, and
 * their place in the dialogue.
 */
import { Direction, Failure, Note } from '../event.ts';
import { isDataSetupVerb, isTransferVerb } from '../ftp/verbs.ts';
import { failureIn } from './failures.ts';
import { type ClientConnection, Stage } from './mixed-connections.ts';
import { countNumbers, quantityIn } from './quantities.ts';

/** What one sentence says, in the words of `event.ts`; offsets are characters of the sentence. */
export interface Saying {
  note: Note | 'connected' | 'resolving' | 'gave-up' | 'closed' | 'program' | 'nothing';
  failure: Failure;
  value: number;
  exact: boolean;
  /** An address, or a host's name. */
  host: readonly [number, number] | null;
  port: number;
  /** The part that is the remark's text; null for the whole sentence. */
  text: readonly [number, number] | null;
  /** Whether the sentence was known, not just guessed. */
  known: boolean;
}

type Rule = readonly [RegExp, Saying['note'], Failure?];

/** A host and a port, wherever the language puts them. A redacted host (`xxx.xxx.xxx.xxx`, `***`, `<my.address>`) is one too. */
const HOST_PORT =
  /(?<![\w*<>.:\]-])(?<host>\[[0-9A-Fa-fxX:.%]+\]|[\w*<>-]+(?:\.[\w*<>-]+)*):(?<port>\d{1,5})(?![\d:\\])/d;
/** `ECONNREFUSED`, `EAI_NONAME`: printed in every language. */
const ERROR_NAME = /\bE(?:AI_)?[A-Z]{4,}\b/;
/** "User" in the languages of the interface: only a cancelled operation speaks of one. */
const BY_USER =
  /\buser\b|Benutzer|utilis|usuári|usuari|utente|gebruiker|пользоват|użytkownik|uživatel|používate|用户|使用者|ユーザ|사용자|använda|bruker|bruge|käyttäj|kullanıcı|felhaszn|χρήστη|korisni|користув|utilizat|vartotoj|lietotāj|kasutaja|người dùng|المستخدم|משתמש/iu;

/** "Closed" in languages whose sentences are not known: as a Status line the idle connection's end, as an error its loss. */
const CLOSED =
  /geschlossen|fermée|cerrad|chius[ao]|encerrad|fechad|закрыт|zamknię|gesloten|uzavřen|关闭|關閉|閉じ|切断され|닫[혔았]/iu;
/** "Disconnected from". */
const DISCONNECTED =
  /getrennt|déconnect|desconect|disconness|отключ|rozłącz|odpojen|verbroken|断开|斷開|中斷連線|切断|연결이 끊/iu;

const STATUS: readonly Rule[] = [
  [/^Connecting to (?:IP #\d+= ?)?(?<host>\S+):(?<port>\d{1,5})(?=\.|\s|\u2026|$)/di, Note.ConnectAttempt],
  [/^Connecting to (?<host>[^\s.]\S*?)\s?(?:\.{2,}|\u2026)$/di, Note.ConnectAttempt],
  [/^Connection with proxy established/i, Note.Other],
  [/^Connection established|^Connected to \S+/i, 'connected'],
  [/^Connection attempt (?:failed|interrupted)/i, Note.ConnectFailed],
  [/^Resolving (?:address of|IP-Address for|hostname) (?<host>\S+)/di, 'resolving'],
  [/^Initiali[sz]ing TLS/i, Note.TlsHandshake],
  [/^TLS(?:\/SSL)? connection established/i, Note.TlsConnected],
  [/^FTPS Authentication Successful(?:, protocol = (?<text>\w+))?/di, Note.TlsConnected],
  [/^Server did not properly shut down TLS/i, Note.TlsNotClosed],
  [
    /^Verifying certificate|^Logged in|^Connected$|^Insecure server|^Plain FTP is insecure|^Server does not support/,
    Note.Other,
  ],
  // Times in listings may be in another zone than those of MDTM.
  [/^Timezone offset of server/, Note.Other],
  [/^Starting download of (?<text>.+)$/di, Note.TransferStarted],
  [/^Starting upload of (?<text>.+)$/di, Note.TransferStarted],
  [/^Retrieving directory listing(?: of "(?<text>.*)")?/di, Note.TransferStarted],
  [/^Directory listing.* successful|^File transfer successful|^(?:Down|Up)load successful/i, Note.TransferDone],
  [/^File transfer skipped|^Skipping (?:down|up)load/i, Note.TransferNotNeeded],
  [/^Server sent passive reply with unroutable address\. Passive/i, Note.DataFailed, Failure.NoRoute],
  [/^Server sent passive reply with unroutable address/i, Note.DataAddressReplaced],
  // As a Status line it tells that nothing was going on.
  [/^Connection closed by server/i, 'closed'],
  [/^Disconnected from server: /i, Note.ConnectionLost],
  [/^Disconnected from server/i, Note.ClientDisconnect],
  [/^FluentFTP (?<text>\S+)/di, 'program'],
  [
    /^(?:Waiting|Delaying|Calculating|Comparing|Deleting|Creating|Renaming|Moving|Set permissions|Selected port)/,
    'nothing',
  ],
  [
    /^(?:Disposing|Testing connectivity|Detected FTP|Time to activate|Text encoding|Active ServerHandler|Listing parser)/,
    'nothing',
  ],
];

const ERROR: readonly Rule[] = [
  [/^(?:Critical error: )?Could not connect to server/i, 'gave-up'],
  [/^Connection timed out/i, Note.ClientTimeout],
  [
    /^(?:Connection attempt|Connection|Directory listing|Operation)? ?(?:interrupted|aborted) by user/i,
    Note.TransferStopped,
  ],
  [/^File transfer aborted by user/i, Note.TransferStopped],
  [
    /^(?:File transfer failed|Critical file transfer error|Critical transfer error|Transfer failed)/,
    Note.TransferFailed,
  ],
  [/^Connection attempt failed/i, Note.ConnectFailed],
  [/^The data connection could not be established/i, Note.DataFailed],
  [/^Could not (?:read from|write to) transfer socket|^Transfer connection interrupted/i, Note.DataBroken],
  [
    /^Could not (?:read from|write to) socket|^Connection closed by server|^Disconnected from server/,
    Note.ConnectionLost,
  ],
  [/^GnuTLS error -110|^Server did not properly shut down TLS/i, Note.TlsNotClosed],
  [
    /^(?:GnuTLS error|Received TLS alert|TLS handshake|TLS\/SSL|Remote certificate not trusted)/,
    Note.TlsFailed,
    Failure.Tls,
  ],
  [/^Primary connection and data connection certificates/i, Note.DataTlsFailed, Failure.Tls],
  [/^Failed to retrieve directory listing|^Critical error/i, Note.ClientError],
];

const TRACE: readonly Rule[] = [
  [/^C(?:Real)?ControlSocket::OnClose\(/i, Note.ConnectionLost, Failure.Closed],
  [/^Binding data connection source IP to control connection source IP (?<host>\S+)/di, Note.LocalAddress],
  [/^(?:TLS )?Session resumed|^TLS Handshake resumed/i, Note.TlsResumed],
  [/^Protocol: (?<text>TLS ?v?[\d.]+)/di, Note.TlsVersion],
];

/** Reads a Status line's sentence. */
export function readStatus(sentence: string, connection: ClientConnection | null): Saying {
  return readBy(STATUS, sentence) ?? guessStatus(sentence, connection);
}

/** Reads an Error line's sentence. */
export function readError(sentence: string, connection: ClientConnection | null): Saying {
  const saying = readBy(ERROR, sentence) ?? guessError(sentence, connection);
  const reaching = connection?.stage === Stage.Connecting || connection?.stage === Stage.Failed;
  if (reaching && saying.note === Note.ClientTimeout) {
    saying.note = Note.ConnectFailed;
    saying.failure = Failure.Timeout;
  } else if (saying.note === Note.TlsFailed && connection !== null) placeTlsError(saying, connection);
  return saying;
}

/** Reads a Trace line's sentence. */
export function readTrace(sentence: string, connection: ClientConnection | null): Saying {
  // Before the login there is no data connection: TLS is the control connection's.
  if (/^CTlsSocket|^tls_layer/.test(sentence) && connection?.tls === 'none' && connection.stage !== Stage.LoggedIn)
    return say(Note.TlsConnected);
  return readBy(TRACE, sentence) ?? say('nothing');
}

/** Whether no other program writes this after `Status:`. */
export function isKnownStatus(sentence: string): boolean {
  const saying = readStatus(sentence, null);
  return saying.known || saying.note === Note.ConnectAttempt;
}

/** Whether no other program writes this after `Error:`. */
export function isKnownError(sentence: string): boolean {
  return readBy(ERROR, sentence) !== null;
}

function say(note: Saying['note'], failure: Failure = Failure.Unknown): Saying {
  return { note, failure, value: Number.NaN, exact: true, host: null, port: 0, text: null, known: false };
}

function readBy(rules: readonly Rule[], sentence: string): Saying | null {
  for (const [pattern, note, failure] of rules) {
    const match = pattern.exec(sentence);
    if (match === null) continue;
    const saying = say(note, failure);
    saying.known = true;
    takeGroups(saying, match);
    if (note === Note.TransferStarted) saying.value = directionOf(sentence);
    else if (note === Note.ClientTimeout) saying.value = Number(/\d+/.exec(sentence)?.[0] ?? Number.NaN);
    else if (isTransferResult(note)) takeQuantity(saying, sentence);
    if (failure === undefined && isFailure(note)) saying.failure = failureIn(sentence);
    return saying;
  }
  return null;
}

function takeGroups(saying: Saying, match: RegExpExecArray): void {
  const { groups, indices } = match;
  if (groups === undefined || indices?.groups === undefined) return;
  const host = indices.groups['host'];
  // `[::1]:21`: the brackets are no part of the address.
  if (host !== undefined) saying.host = groups['host']!.startsWith('[') ? [host[0] + 1, host[1] - 1] : host;
  saying.port = Number(groups['port'] ?? 0);
  saying.text = indices.groups['text'] ?? null;
}

function directionOf(sentence: string): number {
  if (sentence.startsWith('Retrieving')) return Direction.Listing;
  return sentence.startsWith('Starting upload') ? Direction.Upload : Direction.Download;
}

function takeQuantity(saying: Saying, sentence: string): void {
  const quantity = quantityIn(sentence);
  if (quantity === null || saying.text !== null || sentence.startsWith('Directory')) return;
  saying.value = quantity.bytes;
  saying.exact = quantity.exact;
}

function isTransferResult(note: Saying['note']): boolean {
  return note === Note.TransferDone || note === Note.TransferFailed || note === Note.TransferStopped;
}

function isFailure(note: Saying['note']): boolean {
  return (
    note === Note.ConnectFailed ||
    note === Note.ConnectionLost ||
    note === Note.DataFailed ||
    note === Note.DataBroken ||
    note === 'gave-up'
  );
}

/** A TLS error is about the connection that was at work. */
function placeTlsError(saying: Saying, connection: ClientConnection): void {
  if (connection.tls !== 'standing') return;
  if (connection.transferring) saying.note = Note.DataBroken;
  else saying.note = connection.isInTransfer ? Note.DataTlsFailed : Note.ConnectionLost;
}

function guessStatus(sentence: string, connection: ClientConnection | null): Saying {
  const target = HOST_PORT.exec(sentence);
  if (target !== null) {
    const saying = say(Note.ConnectAttempt);
    takeGroups(saying, target);
    return saying;
  }
  const stage = connection?.stage ?? Stage.Unknown;
  if (ERROR_NAME.test(sentence)) {
    if (stage === Stage.Connecting || stage === Stage.Failed) return say(Note.ConnectFailed, failureIn(sentence));
    return say(Note.Other);
  }
  if (stage === Stage.Connecting) return say('connected');
  if (/TLS/.test(sentence) && !/FTP/.test(sentence) && connection !== null && stage < Stage.LoggedIn)
    return say(connection.tls === 'none' ? Note.TlsHandshake : Note.TlsConnected);
  if (stage >= Stage.Connected && countNumbers(sentence) === 0 && !/[/"«“]/.test(sentence)) {
    if (CLOSED.test(sentence)) return say('closed');
    if (DISCONNECTED.test(sentence)) return say(Note.ClientDisconnect);
  }
  const moved = connection !== null && isTransferVerb(connection.answeredVerb) && !/["«“/\\]/u.test(sentence);
  if (moved && countNumbers(sentence) >= 2) {
    const saying = say(Note.TransferDone);
    takeQuantity(saying, sentence);
    return saying;
  }
  return say(Note.Other);
}

function guessError(sentence: string, connection: ClientConnection | null): Saying {
  const stage = connection?.stage ?? Stage.Unknown;
  const reaching = stage === Stage.Connecting || stage === Stage.Failed;
  const transfers = connection !== null && (connection.isInTransfer || isTransferVerb(connection.answeredVerb));
  if (ERROR_NAME.test(sentence)) return say(errorNote(connection, reaching), failureIn(sentence));
  const numbers = countNumbers(sentence);
  const byUser = BY_USER.test(sentence);
  if (numbers >= 2 && transfers) {
    const saying = say(byUser ? Note.TransferStopped : Note.TransferFailed);
    takeQuantity(saying, sentence);
    return saying;
  }
  if (byUser && transfers) return say(Note.TransferStopped);
  if (numbers === 1 && stage !== Stage.Unknown && !/TLS|SSL/.test(sentence)) {
    const saying = say(Note.ClientTimeout);
    saying.value = Number(/\d+/.exec(sentence)?.[0]);
    return saying;
  }
  if (!reaching && CLOSED.test(sentence)) return say(Note.ConnectionLost, Failure.Closed);
  return say(reaching ? 'gave-up' : Note.ClientError);
}

function errorNote(connection: ClientConnection | null, reaching: boolean): Note {
  if (reaching) return Note.ConnectFailed;
  if (connection === null) return Note.ConnectionLost;
  if (connection.transferring) return Note.DataBroken;
  if (!connection.isInTransfer && !isDataSetupVerb(connection.lastVerb)) return Note.ConnectionLost;
  return Note.DataFailed;
}
