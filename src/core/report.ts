/**
 * The result, schema `ftplens.report/1`. These names are a contract with users' programs: fields may be added, none is ever
 * given another meaning. `null` means that the transcript does not say. Times are ISO 8601 wall-clock times, without a zone
 * unless the transcript gives one. Lines count from 1.
 */

export const REPORT_SCHEMA = 'ftplens.report/1';

/** Transcript formats, in the order in which a tie of detection is decided. */
export const FORMAT_IDS = [
  'iis-w3c',
  'pyftpdlib',
  'proftpd',
  'pure-ftpd',
  'vsftpd',
  'winscp',
  'filezilla-server-0.9',
  'filezilla-server-1',
  'filezilla-client',
  'ftplib',
  'wget',
  'lftp',
  'curl-verbose',
  'curl-trace',
  'tnftp',
  'xferlog',
  'ftp-dialogue',
] as const;
export type FormatId = (typeof FORMAT_IDS)[number];

export type Family = 'ipv4' | 'ipv6' | 'unknown';
/** Which network an address belongs to; documentation ranges count as public, because they stand for public ones. */
export type AddressRange = 'public' | 'private' | 'loopback' | 'link-local' | 'reserved';
export const SEVERITIES = ['error', 'warning', 'notice', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const OUTCOMES = ['completed', 'aborted', 'failed', 'unfinished'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type DateOrder = 'dmy' | 'mdy' | 'ymd';
export type DataCommand = 'EPSV' | 'PASV' | 'EPRT' | 'PORT' | 'LPSV' | 'LPRT';
export type Side = 'client' | 'server' | 'network' | 'unknown';
export type Certainty = 'certain' | 'likely' | 'possible';

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  readonly generator: { readonly name: 'ftplens'; readonly version: string };
  readonly verdict: string;
  readonly inputs: readonly Input[];
  readonly sessions: readonly Session[];
  readonly pairs: readonly Pair[];
  /** Sessions for which no pair was made although some come close. */
  readonly undecidedPairs: readonly UndecidedPair[];
  readonly findings: readonly Finding[];
  readonly groups: readonly Group[];
  readonly summary: Summary;
}

export interface Input {
  readonly path: string;
  /** The files of a rotated series, read as one input whose lines run on. */
  readonly parts: readonly { readonly path: string; readonly firstLine: number }[] | null;
  readonly transcripts: readonly Transcript[];
  readonly sizeBytes: number;
  readonly lines: number;
  readonly encoding: string;
  readonly compression: string | null;
  /** Characters that show as U+FFFD, since their bytes are no text in this encoding or were lost before. */
  readonly replacedCharacters: number;
  /** Why the input could not be read, or not to its end. */
  readonly error: string | null;
}

/** What had to be undone to read a transcript. */
export type Repair = string;

export interface Transcript {
  readonly format: FormatId;
  /** Share of the lines looked at that the format's scanner reads, 0..1. */
  readonly confidence: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly unreadLines: number;
  readonly repairs: readonly Repair[];
  readonly clock: Clock;
}

export interface Clock {
  readonly order: DateOrder | null;
  readonly basis: 'unambiguous' | 'monotonic' | 'assumed' | 'given' | null;
  readonly date: 'full' | 'no-year' | 'none';
  readonly resolutionMs: number | null;
  readonly zone: string | null;
}

export interface Endpoint {
  readonly address: string | null;
  readonly port: number | null;
  readonly family: Family;
  readonly range: AddressRange | null;
}

export interface Session {
  /** `s<input>-<first line>`, `.2` for another on that line. */
  readonly id: string;
  readonly input: number;
  readonly transcript: number;
  readonly format: FormatId;
  readonly vantage: 'client' | 'server';
  /** What the log calls it: `22` for `(000022)`. */
  readonly nativeId: string | null;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** `HH:MM:SS` of the first line where the transcript prints no date. */
  readonly timeOfDay: string | null;
  readonly durationMs: number | null;
  readonly client: Endpoint & { readonly product: string | null; readonly version: string | null };
  readonly server: Endpoint & {
    readonly banner: string | null;
    readonly product: string | null;
    readonly version: string | null;
  };
  readonly proxy: Endpoint | null;
  readonly connectAttempts: readonly ConnectAttempt[];
  /** `::ffff:a.b.c.d` is ipv4. */
  readonly controlFamily: Family;
  /** Who logged in, else the name last tried. */
  readonly user: string | null;
  readonly login: 'accepted' | 'refused' | 'none' | 'unknown';
  readonly tls: {
    readonly control: 'none' | 'explicit' | 'implicit' | 'unknown';
    readonly data: 'clear' | 'private' | 'unknown';
    readonly version: string | null;
    readonly cipher: string | null;
    readonly certificate: {
      readonly subject: string | null;
      readonly issuer: string | null;
      readonly notAfter: string | null;
      readonly verifyResult: string | null;
    } | null;
  };
  readonly epsv: Negotiation;
  readonly pasv: Negotiation;
  readonly eprt: Negotiation;
  readonly port: Negotiation;
  /** The next set-up command of another kind after the first refused or unusable one, for the same transfer. */
  readonly fellBackTo: 'EPSV' | 'PASV' | 'EPRT' | 'PORT' | null;
  readonly dataConnections: readonly DataConnection[];
  readonly transfers: readonly Transfer[];
  /** Every final 4xx and 5xx reply, in order. */
  readonly errors: readonly ReplyError[];
  readonly exchanges: readonly Exchange[];
  /** How many exchanges of the session are not listed, to bound the size of a report. */
  readonly exchangesLeftOut: number;
  readonly commandCount: number;
  readonly gaps: readonly Gap[];
  readonly end: 'quit' | 'closed' | 'timed-out' | 'dropped' | 'refused' | 'unfinished';
  readonly verdict: string | null;
}

export type Gap =
  | 'head'
  | 'tail'
  | 'middle'
  | 'commands-hidden'
  | 'replies-not-logged'
  | 'ambiguous'
  | 'desynchronised';

export interface ConnectAttempt {
  readonly line: number;
  readonly address: string;
  readonly port: number | null;
  readonly family: Family;
  readonly outcome: 'connected' | 'failed' | 'unknown';
}

export interface Negotiation {
  /** Without `EPSV ALL`. */
  readonly attempts: number;
  /** Of the first attempt. */
  readonly argument: string | null;
  /** Of the first attempt. */
  readonly replyCode: number | null;
  /** The first readable one. */
  readonly port: number | null;
}

export interface ReplyError {
  readonly line: number;
  readonly verb: string | null;
  readonly code: number;
  readonly text: string;
}

export interface Reply {
  readonly line: number;
  readonly at: string | null;
  readonly code: number;
  /** Without the code; the lines of a multi-line reply are joined by LF. */
  readonly text: string;
}

export interface Exchange {
  readonly line: number;
  readonly at: string | null;
  /** null: replies that no command asked for (the greeting, a 421). */
  readonly verb: string | null;
  readonly argument: string | null;
  readonly replies: readonly Reply[];
  readonly note: 'late' | 'unsolicited' | 'mispaired' | null;
}

export interface DataConnection {
  readonly command: DataCommand;
  readonly mode: 'passive' | 'active';
  readonly argument: string | null;
  readonly line: number;
  readonly replyCode: number | null;
  /** Where the data connection is to be made to. After 229: the server's control address, where known. */
  readonly endpoint: Endpoint;
  /** Where the client really went. */
  readonly connectedTo: Endpoint | null;
  readonly family: Family;
  /** How the family is known; `control-connection` is RFC 2428 section 3. */
  readonly familyBasis: 'address' | 'argument' | 'control-connection' | 'observed' | null;
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  readonly tls: boolean | null;
  readonly tlsResumed: boolean | null;
  readonly outcome: 'used' | 'refused' | 'unreachable' | 'unused' | 'unknown';
  readonly failure: 'timeout' | 'reset' | 'no-route' | 'tls' | 'never-came' | 'refused' | null;
}

export interface Transfer {
  /** null where the log names no verb. */
  readonly verb: string | null;
  readonly direction: 'download' | 'upload' | 'listing';
  /** As sent. */
  readonly path: string | null;
  readonly fullPath: string | null;
  readonly type: 'ascii' | 'image' | null;
  readonly restartOffset: number | null;
  /** From SIZE, the 150 reply, or ALLO. */
  readonly announcedBytes: number | null;
  readonly transferredBytes: number | null;
  readonly bytesExact: boolean;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  /** Index into the session's dataConnections. */
  readonly dataConnection: number | null;
  readonly firstLine: number;
  readonly lastLine: number;
  /** The first final reply to the transfer's verb, never ABOR's. */
  readonly finalCode: number | null;
  readonly outcome: Outcome;
  readonly clientError: { readonly line: number; readonly code: number | null; readonly text: string } | null;
  /** 1 for the first try of a path. */
  readonly attempt: number;
  /** The try it repeats. */
  readonly retryOf: { readonly session: string; readonly transfer: number } | null;
}

export interface Finding {
  /** Unique in the report. */
  readonly key: string;
  /** Which diagnosis it is. */
  readonly id: string;
  readonly severity: Severity;
  readonly session: string | null;
  readonly transfer: number | null;
  readonly dataConnection: number | null;
  readonly pair: string | null;
  readonly message: string;
  readonly cause: { readonly side: Side; readonly certainty: Certainty };
  readonly evidence: readonly Evidence[];
  readonly remedies: readonly Remedy[];
  readonly references: readonly string[];
  /** Key of the finding that it follows from. */
  readonly causedBy: string | null;
  /** Of a pair's finding: key of the one that a single record only guessed at, and that this one replaces. */
  readonly replaces?: string;
  /** What evidence would settle it. */
  readonly wouldDecide: string | null;
}

export interface Evidence {
  readonly input: number;
  readonly line: number;
  readonly text: string;
}

/** What to change, and who can: `side` is `client`, `server` or `network`, or a product's name. */
export interface Remedy {
  readonly side: string;
  readonly text: string;
}

/**
 * The same finding over many sessions, or what only many of them together show, which has no sessions of its own. Lists are
 * capped, counts are exact.
 */
export interface Group {
  readonly id: string;
  readonly severity: Severity;
  readonly count: number;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly sessions: number;
  readonly share: number;
  readonly users: readonly string[];
  readonly peers: readonly string[];
  readonly keys: readonly string[];
  readonly note: string | null;
}

/** The client's and the server's record of one session. */
export interface Pair {
  readonly id: string;
  readonly client: string;
  readonly server: string;
  readonly confidence: number;
  readonly reasons: readonly string[];
  readonly clockSkewMs: { readonly value: number; readonly plusMinus: number } | null;
  readonly nat: {
    readonly clientSeenAs: string | null;
    readonly serverSeenAs: string | null;
    readonly portsRewritten: boolean | null;
  };
  /** Indexes into both sessions' exchanges. `note`: how the two records of it differ. */
  readonly exchanges: readonly {
    readonly client: number | null;
    readonly server: number | null;
    readonly verb: string | null;
    readonly note: string | null;
  }[];
  readonly transfers: readonly PairTransfer[];
}

/** One transfer, as both records tell it. */
export interface PairTransfer {
  /** Indexes into each session's transfers. */
  readonly client: number;
  readonly server: number;
  /** Who closed the data connection first, as far as both records tell. */
  readonly closedFirst: { readonly side: Side; readonly certainty: Certainty };
  /** Bytes by the record of the side that sent them, and by that of the side that received them. */
  readonly sentBytes: number | null;
  readonly receivedBytes: number | null;
  /** How long the transfer took in each record, in milliseconds. */
  readonly clientMs: number | null;
  readonly serverMs: number | null;
  /** Whether the server's final reply is in the client's record; null where the server's record has none. */
  readonly finalReplyReceived: boolean | null;
}

/** A session that may belong to several of the other side, or to none with enough certainty. */
export interface UndecidedPair {
  readonly session: string;
  readonly vantage: 'client' | 'server';
  /** Why no pair was made. */
  readonly why: 'several-fit' | 'too-little-evidence';
  /** Those of the other side that come closest, the closest first. */
  readonly candidates: readonly {
    readonly session: string;
    readonly confidence: number;
    readonly reasons: readonly string[];
  }[];
}

export interface Summary {
  readonly sessions: number;
  readonly transfers: Readonly<Record<Outcome, number>>;
  readonly bytes: { readonly known: number; readonly transfersWithout: number };
  readonly byDataCommand: readonly SummaryRow[];
  readonly byFamily: readonly SummaryRow[];
  readonly byUser: readonly SummaryRow[];
  readonly byPeer: readonly SummaryRow[];
  readonly byServer: readonly SummaryRow[];
  readonly byDay: readonly SummaryRow[];
  readonly byHour: readonly SummaryRow[];
  readonly byVerb: readonly SummaryRow[];
  readonly byErrorCode: readonly SummaryRow[];
  /** One row an input, in their order. */
  readonly byFile: readonly SummaryRow[];
  /** How the set-up of data connections went, by command and family. */
  readonly setUps: readonly SetUpRow[];
  /** Of completed downloads and uploads whose bytes and duration are known. */
  readonly throughput: readonly Throughput[];
  /** How long aborted transfers had lasted; only times at which there were some. */
  readonly abortedAfter: readonly AbortedAfter[];
  /** The most frequent error replies by code and verb, most frequent first. */
  readonly topErrors: readonly TopError[];
  readonly logins: LoginTotals;
  /** Totals by the keys that were asked for; null if none were. */
  readonly grouped: Grouped | null;
}

export interface SetUpRow {
  readonly command: DataCommand;
  readonly family: Family;
  readonly attempts: number;
  readonly used: number;
  readonly refused: number;
  readonly unreachable: number;
  readonly unused: number;
  readonly unknown: number;
}

export interface Throughput {
  readonly direction: 'download' | 'upload';
  readonly transfers: number;
  /** Bytes a second that so many percent of the transfers do not exceed; exact to 5 %. */
  readonly percentiles: {
    readonly p5: number;
    readonly p25: number;
    readonly p50: number;
    readonly p75: number;
    readonly p95: number;
  };
}

export interface AbortedAfter {
  /** From this duration on, up to {@link toMs}, which no longer belongs to it; null = any longer one. */
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly transfers: number;
  /** Known timers that end a transfer after such a time. */
  readonly timers: readonly string[];
}

export interface TopError {
  readonly code: number;
  readonly verb: string | null;
  /** The text of the first one. */
  readonly text: string;
  readonly replies: number;
  readonly sessions: number;
}

export interface LoginTotals {
  readonly accepted: number;
  readonly refused: number;
  readonly none: number;
  readonly unknown: number;
  /** Sessions whose login was refused, most first. */
  readonly refusedByUser: readonly CountRow[];
  readonly refusedByPeer: readonly CountRow[];
}

export interface CountRow {
  readonly key: string;
  readonly sessions: number;
}

/** By what totals may be grouped. */
export const GROUP_KEYS = [
  'day',
  'hour',
  'user',
  'peer',
  'server',
  'verb',
  'outcome',
  'code',
  'data-command',
  'family',
  'file',
] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];

export interface Grouped {
  readonly by: readonly GroupKey[];
  readonly rows: readonly GroupedRow[];
}

/** Totals of the transfers, and the sessions with such transfers, that have these values of the keys; null = none. */
export interface GroupedRow extends Omit<SummaryRow, 'key'> {
  readonly values: readonly (string | null)[];
}

export interface SummaryRow {
  readonly key: string;
  readonly sessions: number;
  readonly transfers: number;
  readonly completed: number;
  readonly aborted: number;
  readonly failed: number;
  readonly unfinished: number;
  readonly bytes: number | null;
}
