/**
 * What the page shows, as the HTML report embeds it: the report made compact, bounded, and safe to look at (acting characters
 * are escaped already). A contract between `html.ts` and `src/web`, of one version of ftplens only; nobody else reads it. A
 * property that is absent is one that the transcript does not say.
 */
import type * as report from '../../core/report.ts';

export const PAGE_SCHEMA = 'ftplens.page/1';

export interface PageData {
  readonly schema: typeof PAGE_SCHEMA;
  readonly version: string;
  readonly verdict: string;
  readonly inputs: readonly report.Input[];
  readonly summary: report.Summary;
  readonly figures: Figures;
  readonly groups: readonly report.Group[];
  /** Findings of no session that is drawn: those over many sessions, and those of pairs. */
  readonly findings: readonly FindingData[];
  /** Remedies by the index that findings give. */
  readonly remedies: readonly (readonly report.Remedy[])[];
  /** What is always said of a diagnosis, by its id, for those that found something. */
  readonly diagnoses: Readonly<Record<string, DiagnosisData>>;
  readonly sessions: SessionRows;
  readonly ladders: readonly PackedLadder[];
  /** Texts of steps, by the index that packed steps give. */
  readonly texts: readonly string[];
  readonly pairs: readonly report.Pair[];
  readonly undecidedPairs: readonly report.UndecidedPair[];
  /** Every format that can be read. */
  readonly formats: readonly FormatData[];
  readonly leftOut: LeftOut;
}

export interface FormatData {
  readonly id: report.FormatId;
  readonly title: string;
  readonly vantage: 'client' | 'server';
  /** A line of it. */
  readonly example: string;
}

/** What was left out to bound the page's size. */
export interface LeftOut {
  /** Sessions that have no row. */
  readonly sessions: number;
  /** Sessions that have a row but are not drawn. */
  readonly ladders: number;
  /** Pairs that are only counted. */
  readonly pairs: number;
}

/** Counts over all sessions, those left out included. */
export interface Figures {
  readonly overTime: OverTime | null;
  /** `[bytes a second from, transfers]`, in steps of {@link THROUGHPUT_STEP}. */
  readonly throughput: readonly (readonly [number, number])[];
  readonly controlTls: Readonly<Record<report.Session['tls']['control'], number>>;
  /** Sessions with at least one encrypted data connection. */
  readonly dataPrivate: number;
  /** Sessions with a finding of at least `warning`. */
  readonly troubled: number;
}

/** How much faster a step of the throughput is than the one before: two steps double it. */
export const THROUGHPUT_STEP = Math.SQRT2;

/** Transfers by the time of their start. */
export interface OverTime {
  /** Whether {@link OverTime.bins} are on a calendar; else they are times of a day. */
  readonly isDated: boolean;
  /** Width of a bin in milliseconds. */
  readonly binMs: number;
  /** `[start in ms of the wall clock, completed, aborted, failed, unfinished]`, only bins with transfers. */
  readonly bins: readonly (readonly [number, number, number, number, number])[];
}

export interface DiagnosisData {
  readonly title: string;
  readonly explanation: string;
  readonly references: readonly string[];
}

export interface FindingData {
  readonly key: string;
  readonly id: string;
  readonly severity: report.Severity;
  readonly session?: string;
  readonly transfer?: number;
  readonly dataConnection?: number;
  readonly pair?: string;
  readonly message: string;
  readonly side: report.Side;
  readonly certainty: report.Certainty;
  readonly evidence: readonly report.Evidence[];
  /** Index into {@link PageData.remedies}. */
  readonly remedies: number;
  readonly causedBy?: string;
  readonly wouldDecide?: string;
}

/** One row a session, column by column, in the order of inputs and lines. Indexes are into the lists named. */
export interface SessionRows {
  readonly id: readonly string[];
  /** ISO 8601, or `HH:MM:SS` where no date is printed, or empty. */
  readonly start: readonly string[];
  readonly durationMs: readonly (number | null)[];
  /** The other side: client of a server's log, server of a client's transcript. Into {@link SessionRows.names}. */
  readonly peer: readonly number[];
  readonly user: readonly number[];
  readonly completed: readonly number[];
  readonly aborted: readonly number[];
  readonly failed: readonly number[];
  readonly unfinished: readonly number[];
  readonly bytes: readonly (number | null)[];
  /** Gravest finding, into SEVERITIES; SEVERITIES.length = none. */
  readonly severity: readonly number[];
  /** Sets of {@link DATA_COMMANDS} used, as bits. */
  readonly dataCommands: readonly number[];
  /** Into {@link FAMILIES}. */
  readonly family: readonly number[];
  /** Into {@link TLS_MODES}. */
  readonly tls: readonly number[];
  /** Into {@link ENDS}. */
  readonly end: readonly number[];
  /** Users and peers; the first is empty and stands for one that is not known. */
  readonly names: readonly string[];
}

export const DATA_COMMANDS = ['EPSV', 'PASV', 'EPRT', 'PORT', 'LPSV', 'LPRT'] as const;
export const FAMILIES = ['ipv4', 'ipv6', 'unknown'] as const;
export const TLS_MODES = ['none', 'explicit', 'implicit', 'unknown'] as const;
export const ENDS = ['quit', 'closed', 'timed-out', 'dropped', 'refused', 'unfinished'] as const;

/** A session with what it takes to draw it. */
export interface LadderData {
  readonly id: string;
  readonly format: report.FormatId;
  readonly vantage: 'client' | 'server';
  readonly nativeId?: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly timeOfDay?: string;
  readonly durationMs?: number;
  /** Wall clock of the first line in milliseconds; the steps' times count from it. */
  readonly startMs?: number;
  readonly client: PartyData;
  readonly server: PartyData;
  readonly controlFamily: report.Family;
  readonly user?: string;
  readonly login: report.Session['login'];
  readonly tls: {
    readonly control: report.Session['tls']['control'];
    readonly data: report.Session['tls']['data'];
    readonly version?: string;
    readonly cipher?: string;
    readonly certificate?: { readonly subject?: string; readonly issuer?: string; readonly notAfter?: string };
  };
  readonly fellBackTo?: string;
  readonly commandCount: number;
  readonly gaps: readonly report.Gap[];
  readonly end: report.Session['end'];
  readonly verdict?: string;
  readonly steps: readonly StepData[];
  /** Steps before `steps[i]` that were left out, by i; `steps.length` = at the end. */
  readonly leftOut: Readonly<Record<number, number>>;
  readonly connections: readonly ConnectionData[];
  readonly transfers: readonly TransferData[];
  readonly findings: readonly FindingData[];
}

export interface PartyData {
  readonly address?: string;
  readonly port?: number;
  readonly product?: string;
  readonly version?: string;
}

/** Who speaks in a step. */
export const SPEAKERS = ['client', 'server', 'remark'] as const;

/** One step of the dialogue: `[speaker, line, ms since the start or null, text, index of the exchange or null]`. */
export type StepData = readonly [number, number, number | null, string, number | null];

/** The same with the text's index into {@link PageData.texts}: sessions say the same again and again. */
export type PackedStep = readonly [number, number, number | null, number, number | null];

/** A session as it is embedded. */
export interface PackedLadder extends Omit<LadderData, 'steps'> {
  readonly steps: readonly PackedStep[];
}

export interface ConnectionData {
  /** Its index in the session. */
  readonly index: number;
  readonly command: report.DataCommand;
  readonly exchange: number;
  readonly port?: number;
  /** Where the client really went, if that is another address than it was told. */
  readonly wentTo?: string;
  readonly family: report.Family;
  readonly tls?: boolean;
  readonly tlsResumed?: boolean;
  readonly outcome: report.DataConnection['outcome'];
}

export interface TransferData {
  /** Its index in the session. */
  readonly index: number;
  readonly verb?: string;
  readonly direction: report.Transfer['direction'];
  readonly path?: string;
  readonly announcedBytes?: number;
  readonly transferredBytes?: number;
  readonly durationMs?: number;
  readonly dataConnection?: number;
  readonly exchange?: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly finalCode?: number;
  readonly outcome: report.Outcome;
  readonly clientError?: { readonly line: number; readonly text: string };
}
