import type { Totals } from '../../src/core/analysis.ts';
import { Failure } from '../../src/core/event.ts';
import type { Endpoint, Finding, Input } from '../../src/core/report.ts';
import type { DataConnection, Exchange, Session, Transfer } from '../../src/core/sessions/session.ts';
import { tallyOf } from '../../src/core/sessions/tally.ts';
import type { Exporter, ExportOptions } from '../../src/exporters/exporter.ts';

/** An endpoint at a documentation address. */
export function makeEndpoint(address: string | null, port: number | null = null): Endpoint {
  return { address, port, family: address === null ? 'unknown' : 'ipv4', range: address === null ? null : 'public' };
}

/** A command and its replies, `[line, code, text]` each. */
export function makeExchange(
  line: number,
  verb: string | null,
  argument: string | null,
  ...replies: (readonly [number, number, string])[]
): Exchange {
  const said = replies.map(([at, code, text]) => ({
    line: at,
    at: null,
    code,
    text,
    atMs: null,
    order: at,
    isUnended: false,
  }));
  return {
    line,
    at: null,
    verb,
    argument,
    replies: said,
    note: null,
    verbId: 0,
    atMs: null,
    order: line,
    final: said.find(({ code }) => code >= 200) ?? null,
    preliminary: said.find(({ code }) => code < 200) ?? null,
  };
}

/** A transfer: an aborted download unless told otherwise. */
export function makeTransfer(changes: Partial<Transfer> = {}): Transfer {
  return {
    verb: 'RETR',
    direction: 'download',
    path: 'file.iso',
    fullPath: '/file.iso',
    type: 'image',
    restartOffset: null,
    announcedBytes: 77_200_652,
    transferredBytes: null,
    bytesExact: true,
    startedAt: '2026-01-31T22:33:35',
    endedAt: '2026-01-31T22:34:33',
    durationMs: 58_000,
    dataConnection: 0,
    firstLine: 7,
    lastLine: 9,
    finalCode: 426,
    outcome: 'aborted',
    clientError: null,
    attempt: 1,
    retryOf: null,
    exchange: 2,
    startMs: 0,
    endMs: 58_000,
    ...changes,
  };
}

/** A passive data connection by EPSV. */
export function makeConnection(changes: Partial<DataConnection> = {}): DataConnection {
  return {
    command: 'EPSV',
    mode: 'passive',
    argument: null,
    line: 5,
    replyCode: 229,
    endpoint: makeEndpoint(null, 8007),
    connectedTo: null,
    family: 'ipv4',
    familyBasis: 'control-connection',
    openedAt: null,
    closedAt: null,
    tls: true,
    tlsResumed: null,
    outcome: 'used',
    failure: null,
    exchange: 1,
    openMs: null,
    closeMs: null,
    ...changes,
  };
}

/**
 * A session of a server's log with one aborted download. Its properties are getters of a prototype, as a real session's may
 * be, so that whoever spreads or stringifies it loses them.
 */
export function makeSession(changes: Partial<Session> = {}): Session {
  const none = { attempts: 0, argument: null, replyCode: null, port: null };
  const fields: Session = {
    id: 's0-1',
    input: 0,
    transcript: 0,
    format: 'filezilla-server-0.9',
    vantage: 'server',
    nativeId: '22',
    firstLine: 1,
    lastLine: 9,
    overLine: 9,
    startedAt: '2026-01-31T22:33:35',
    endedAt: '2026-01-31T22:34:33',
    timeOfDay: null,
    durationMs: 58_000,
    client: { ...makeEndpoint('192.0.2.7'), product: null, version: null },
    server: { ...makeEndpoint(null), banner: null, product: 'FileZilla Server', version: '0.9.41 beta' },
    proxy: null,
    connectAttempts: [],
    controlFamily: 'ipv4',
    user: 'anna',
    login: 'accepted',
    tls: { control: 'explicit', data: 'private', version: null, cipher: null, certificate: null },
    epsv: { attempts: 1, argument: null, replyCode: 229, port: 8007 },
    pasv: none,
    eprt: none,
    port: none,
    fellBackTo: null,
    dataConnections: [makeConnection()],
    transfers: [makeTransfer()],
    errors: [{ line: 9, verb: 'RETR', code: 426, text: 'Connection closed; transfer aborted.' }],
    exchanges: [
      makeExchange(1, 'USER', 'anna', [2, 331, 'Password required for anna']),
      makeExchange(5, 'EPSV', null, [6, 229, 'Entering Extended Passive Mode (|||8007|)']),
      makeExchange(
        7,
        'RETR',
        'file.iso',
        [8, 150, 'Connection accepted'],
        [9, 426, 'Connection closed; transfer aborted.'],
      ),
    ],
    exchangesLeftOut: 0,
    commandCount: 3,
    gaps: ['tail'],
    end: 'unfinished',
    verdict: 'The download was aborted.',
    remarks: [
      {
        line: 4,
        order: 4,
        atMs: null,
        note: 21,
        text: 'SSL connection established',
        address: null,
        port: null,
        value: Number.NaN,
        failure: Failure.Unknown,
      },
    ],
    startMs: 0,
    endMs: 58_000,
    resolutionMs: 1_000,
    incomplete: true,
    traits: 0,
    get tally() {
      return tallyOf(this as Session);
    },
    ...changes,
  };
  const getters = Object.fromEntries(
    Object.keys(fields).map((name) => [name, { get: () => fields[name as keyof Session] }]),
  );
  return Object.create(Object.create(null, getters));
}

/** A warning about the session's transfer. */
export function makeFinding(changes: Partial<Finding> = {}): Finding {
  return {
    key: 's0-1.1',
    id: 'transfer-426-undetermined',
    severity: 'warning',
    session: 's0-1',
    transfer: 0,
    dataConnection: 0,
    pair: null,
    message: 'The download of "file.iso" broke off after 58 s.',
    cause: { side: 'unknown', certainty: 'possible' },
    evidence: [
      { input: 0, line: 9, text: '426 Connection closed; transfer aborted.' },
      { input: 0, line: 7, text: 'RETR file.iso' },
    ],
    remedies: [{ side: 'client', text: 'Look at the log of the client.' }],
    references: ['RFC 959 section 4.2'],
    causedBy: null,
    wouldDecide: 'a packet capture',
    ...changes,
  };
}

/** An input with one transcript. */
export function makeInput(changes: Partial<Input> = {}): Input {
  return {
    path: 'logs/server.log',
    parts: null,
    transcripts: [
      {
        format: 'filezilla-server-0.9',
        confidence: 1,
        firstLine: 1,
        lastLine: 9,
        unreadLines: 0,
        repairs: [],
        clock: { order: 'mdy', basis: 'assumed', date: 'full', resolutionMs: 1_000, zone: null },
      },
    ],
    sizeBytes: 900,
    lines: 9,
    encoding: 'utf-8',
    compression: null,
    replacedCharacters: 0,
    error: null,
    ...changes,
  };
}

/** Totals of one session. */
export function makeTotals(changes: Partial<Totals> = {}): Totals {
  const row = { sessions: 1, transfers: 1, completed: 0, aborted: 1, failed: 0, unfinished: 0, bytes: null };
  return {
    verdict: '1 of 1 transfers was aborted.',
    inputs: [makeInput()],
    pairs: [],
    undecidedPairs: [],
    findings: [],
    groups: [],
    summary: {
      sessions: 1,
      transfers: { completed: 0, aborted: 1, failed: 0, unfinished: 0 },
      bytes: { known: 0, transfersWithout: 1 },
      byDataCommand: [{ key: 'EPSV', ...row }],
      byFamily: [{ key: 'ipv4', ...row }],
      byUser: [{ key: 'anna', ...row }],
      byPeer: [{ key: '192.0.2.7', ...row }],
      byServer: [],
      byDay: [{ key: '2026-01-31', ...row }],
      byHour: [],
      byVerb: [],
      byErrorCode: [],
      byFile: [{ key: 'logs/server.log', ...row }],
      setUps: [
        { command: 'EPSV', family: 'ipv4', attempts: 1, used: 1, refused: 0, unreachable: 0, unused: 0, unknown: 0 },
      ],
      throughput: [],
      abortedAfter: [{ fromMs: 30_000, toMs: 59_000, transfers: 1, timers: [] }],
      topErrors: [{ code: 426, verb: 'RETR', text: 'Connection closed; transfer aborted.', replies: 1, sessions: 1 }],
      logins: { accepted: 1, refused: 0, none: 0, unknown: 0, refusedByUser: [], refusedByPeer: [] },
      grouped: null,
    },
    ...changes,
  };
}

/** Options of a run without a terminal. */
export function makeOptions(changes: Partial<ExportOptions> = {}): ExportOptions {
  return {
    inputPath: () => 'logs/server.log',
    table: null,
    width: 100,
    color: false,
    delimiter: null,
    decimalComma: false,
    bom: false,
    raw: false,
    groupBy: [],
    top: null,
    failOn: null,
    page: () => '<script type="application/json" id="report"></script>',
    ...changes,
  };
}

/** Sessions with their findings. */
export type Sessions = readonly (readonly [Session, readonly Finding[]])[];

/** The bytes that an exporter writes for these sessions, once it is prepared and has finished. */
export async function exportedBytes(
  exporter: Pick<Exporter, 'create' | 'prepare'>,
  options: Partial<ExportOptions> = {},
  sessions: Sessions = [[makeSession(), [makeFinding()]]],
  totals: Totals = makeTotals(),
): Promise<Uint8Array> {
  await exporter.prepare?.();
  const chunks: Buffer[] = [];
  const sink = exporter.create((chunk) => chunks.push(Buffer.from(chunk)), makeOptions(options));
  for (const [session, findings] of sessions) sink.session(session, findings);
  sink.end(totals);
  await sink.finish?.();
  return Buffer.concat(chunks);
}

/** What an exporter writes for these sessions. */
export function exported(
  exporter: Pick<Exporter, 'create'>,
  options: Partial<ExportOptions> = {},
  sessions: Sessions = [[makeSession(), [makeFinding()]]],
  totals: Totals = makeTotals(),
): string {
  let text = '';
  const sink = exporter.create((chunk) => {
    text += chunk;
  }, makeOptions(options));
  for (const [session, findings] of sessions) sink.session(session, findings);
  sink.end(totals);
  return text;
}
