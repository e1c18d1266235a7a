/**
 * What one line of a transcript says, as numbers. Scanners (`formats/`) fill the one reused {@link EventCursor}; sessions
 * read it. Nothing else passes between them, so a program's wording never travels further than its scanner.
 */
import { NO_DAY, NO_TIME } from './bytes/stamp.ts';

/** What kind of thing a line tells. */
export const Kind = {
  /** The line belongs to the format and tells nothing that sessions need (a progress meter, a listing, a banner of the program). */
  Nothing: 0,
  /** The control connection stands. `address`/`port`: the server's, where the line names them. Begins a session with this key. */
  Connected: 1,
  /** The control connection is closed. Ends the session with this key. */
  Disconnected: 2,
  /** A command as sent or received: `verb`, `text` = the argument. PASS and ACCT carry an empty argument. */
  Command: 3,
  /** The last or only line of a reply: `code`, `text` = what follows the code. */
  Reply: 4,
  /** A line of a multi-line reply before its last: `code` where the line shows one, else 0; `text`. */
  ReplyPart: 5,
  /** A remark of the program: `note` says which. */
  Note: 6,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** What a program remarks about itself, a connection or a transfer. Each names the cursor fields it uses besides `text`. */
export const Note = {
  /** Any other remark; its text may serve as evidence. */
  Other: 0,

  // The control connection.
  /** The client tries `address`, `port`. Begins a session with this key when none is open or the open one is connected. */
  ConnectAttempt: 1,
  /** That attempt failed: `failure`; `address` and `port` where named. */
  ConnectFailed: 2,
  /** The client names its own end of the control connection: `address`, `port`. */
  LocalAddress: 3,
  /** The client goes on with a control connection it already has (`key`). */
  ConnectionReused: 4,
  /** The control connection broke: `failure`. The session ends as dropped, later lines of the key may still follow. */
  ConnectionLost: 5,
  /** The server refuses the peer before any session: a ban, a limit, a lock. */
  PeerRefused: 6,
  /** What was connected is a proxy: `address`, `port` = the server behind it, as the client names it. */
  ProxyPassed: 7,

  // The data connection.
  /** The client tries `address`, `port` for the data connection. */
  DataAttempt: 10,
  /** The data connection stands, `address`, `port` where named. */
  DataConnected: 11,
  /** The data connection did not come about: `failure`; `address`, `port` where named. */
  DataFailed: 12,
  /** The client connects elsewhere than the reply said: `address` = where it goes in fact. */
  DataAddressReplaced: 13,
  /** Active mode: the client waits for the server. */
  DataListening: 14,
  /** Bytes flow on the data connection. */
  DataFlowing: 15,
  /** The data connection broke while in use: `failure`. */
  DataBroken: 16,
  /** The data connection was closed (orderly, as far as the line says). */
  DataClosed: 17,

  // TLS. `text` holds the fact itself, cut out of the line.
  /** A handshake begins (which connection it is for follows from the dialogue). */
  TlsHandshake: 20,
  /** TLS protects the control connection. */
  TlsConnected: 21,
  /** TLS protects the data connection. */
  DataTlsConnected: 22,
  /** The handshake on the control connection failed. */
  TlsFailed: 23,
  /** The handshake on the data connection failed. */
  DataTlsFailed: 24,
  /** Protocol version, e.g. `TLSv1.3`. */
  TlsVersion: 25,
  /** Cipher suite. */
  TlsCipher: 26,
  /** The client resumes (or asks to resume) a TLS session. */
  TlsResumed: 27,
  CertificateSubject: 28,
  CertificateIssuer: 29,
  /** As printed. */
  CertificateNotAfter: 30,
  /** Result of verification, as printed: `ok`, `self signed certificate (18)`, … */
  CertificateVerify: 31,
  /** The certificate names another host. */
  CertificateMismatch: 32,
  /** The peer ended TLS without close_notify. */
  TlsNotClosed: 33,
  /** TLS on the data connection was refused or dropped because the session was not resumed. */
  TlsNotResumed: 34,

  // The transfer.
  /** The program announces a transfer: `text` = the path, `value` = a {@link Direction}. Where commands are shown too this adds nothing. */
  TransferStarted: 40,
  /** The size that the program expects: `value` bytes. */
  AnnouncedBytes: 41,
  /** Bytes moved so far or in all: `value`; `exact` says whether the number was rounded. */
  TransferredBytes: 42,
  /** The program says the transfer is complete: `value` bytes, NaN if not said. */
  TransferDone: 43,
  /** The program says the transfer failed: `value` bytes moved, NaN if not said. */
  TransferFailed: 44,
  /** The data connection ended before the expected size: `value` bytes missing, NaN if not said. */
  TransferCut: 45,
  /** The user (or the program on purpose) stopped the transfer. */
  TransferStopped: 46,
  /** There was nothing left to transfer. */
  TransferNotNeeded: 47,
  /** How the transfer announced last represents data (RFC 959 section 3.1.1): `value` 0 = ASCII, 1 = image. */
  TransferType: 48,

  // Errors and ends.
  /** The client's verdict: `value` = its own error number (curl's exit code), NaN if none. Its text is `text`. */
  ClientError: 60,
  /** The client gave up waiting: `value` = seconds, NaN if not said. */
  ClientTimeout: 61,
  /** An error remark of the server. */
  ServerError: 62,
  /** The client ends the session by its own decision. */
  ClientDisconnect: 63,

  // The transcript itself.
  /** The server program (re)started: session ids begin anew, all open sessions are over. `key` is NO_KEY. */
  ServerStarted: 70,
  /** The command line that made the transcript; credentials are blotted out before the event is emitted. */
  CommandLine: 71,
  /** The client gives up EPSV or EPRT for this connection. */
  FallBack: 72,
  /** Program and version that wrote the transcript: `text`. */
  Program: 73,
  /** The transcript hides commands and replies from here on. */
  CommandsHidden: 74,
  /** The server queues the command just received until the current one is done. */
  CommandQueued: 75,
  /** The log says who logged in: `user`. For logs without replies. */
  LoginAccepted: 76,
  /** The log says whose login failed: `user`. */
  LoginRefused: 77,
  /** No later line belongs to this session, as far as can be known; nothing is said about its end. For logs without closing lines. */
  SessionOver: 78,
  /** The lines of several sessions run together and nothing tells them apart; this one stands for all of them. */
  SessionsMixed: 79,
} as const;
export type Note = (typeof Note)[keyof typeof Note];

/** Which way a transfer goes, for {@link Note.TransferStarted}. */
export const Direction = { Download: 0, Upload: 1, Listing: 2 } as const;

/** Why a connection did not come about or broke. */
export const Failure = {
  Unknown: 0,
  Timeout: 1,
  Refused: 2,
  Reset: 3,
  NoRoute: 4,
  Tls: 5,
  NeverCame: 6,
  Closed: 7,
  NoName: 8,
} as const;
export type Failure = (typeof Failure)[keyof typeof Failure];

/** The line belongs to no session (a server's own remark). */
export const NO_KEY = -1;
export { NO_DAY, NO_TIME };

const NO_BYTES = new Uint8Array(0);

/**
 * One line as numbers. Spans (`textStart`..`textEnd` and so on) are half-open offsets into {@link bytes}; a scanner that has to
 * decode may point `bytes` at its own scratch buffer. An empty span means "not said". Whoever takes events reads what it
 * needs before {@link emit} returns.
 */
export class EventCursor {
  bytes: Uint8Array = NO_BYTES;
  /** 1-based line of the original file; set by the driver before each scan. */
  line = 0;
  kind: Kind = Kind.Nothing;
  note: Note = Note.Other;
  /** The session that the line belongs to, unique among open sessions of the transcript; {@link NO_KEY} for none. */
  key = NO_KEY;
  /** Days since 1970-01-01 of the wall clock, or {@link NO_DAY}. */
  day = NO_DAY;
  /** Milliseconds since midnight of the wall clock, or {@link NO_TIME}. */
  ms = NO_TIME;
  /** Reply code, 0 if none. */
  code = 0;
  /** Packed verb (`ftp/verbs.ts`), 0 for a verb longer than four letters. */
  verb = 0;
  /** The verb as it stands in the line, e.g. for verbs longer than four letters. */
  verbStart = 0;
  verbEnd = 0;
  textStart = 0;
  textEnd = 0;
  /** The user the line names; empty when it names none. */
  userStart = 0;
  userEnd = 0;
  /** The peer's address in the line's prefix (server logs). */
  peerStart = 0;
  peerEnd = 0;
  /** An address that the remark is about, without brackets or port. */
  addressStart = 0;
  addressEnd = 0;
  /** A port that the remark is about, 0 if none. */
  port = 0;
  /** A number that the remark is about, NaN if none. */
  value = Number.NaN;
  /** Whether {@link value} is exact (false: rounded for display). */
  exact = true;
  failure: Failure = Failure.Unknown;

  private readonly sink: EventSink;

  constructor(sink: EventSink) {
    this.sink = sink;
  }

  /** Sets every field but `bytes`, `line`, `key`, `day` and `ms` to "not said". Scanners call it before they fill an event. */
  clear(kind: Kind): void {
    this.kind = kind;
    this.note = Note.Other;
    this.code = 0;
    this.verb = 0;
    this.verbStart = this.verbEnd = 0;
    this.textStart = this.textEnd = 0;
    this.userStart = this.userEnd = 0;
    this.peerStart = this.peerEnd = 0;
    this.addressStart = this.addressEnd = 0;
    this.port = 0;
    this.value = Number.NaN;
    this.exact = true;
    this.failure = Failure.Unknown;
  }

  /** Hands the event on. A line may emit none, one or several. */
  emit(): void {
    this.sink.accept(this);
  }
}

/** Takes events; must copy what outlives the call. */
export interface EventSink {
  accept(event: EventCursor): void;
}
