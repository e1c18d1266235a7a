import {
  type AbortedAfter,
  type Clock,
  type CountRow,
  type Evidence,
  type Finding,
  FORMAT_IDS,
  GROUP_KEYS,
  type Group,
  type Grouped,
  type GroupedRow,
  type Input,
  type LoginTotals,
  OUTCOMES,
  type Pair,
  type PairTransfer,
  REPORT_SCHEMA,
  type Remedy,
  type Report,
  SEVERITIES,
  type SetUpRow,
  type Summary,
  type SummaryRow,
  type Throughput,
  type TopError,
  type Transcript,
  type UndecidedPair,
} from '../../core/report.ts';
import {
  described,
  flag,
  integer,
  line,
  listOf,
  objectOf,
  oneOf,
  orNull,
  ref,
  type Schema,
  share,
  text,
  time,
  whole,
} from './json-schema.ts';
import { sessionDefinitions } from './session-schema.ts';

const cause = objectOf<Finding['cause']>({ side: ref('Side'), certainty: ref('Certainty') });

const inputDefinitions = {
  Input: objectOf<Input>({
    path: text,
    parts: described(
      'The files of a rotated series, read as one input whose lines run on.',
      orNull(listOf(objectOf<NonNullable<Input['parts']>[number]>({ path: text, firstLine: line }))),
    ),
    transcripts: listOf(ref('Transcript')),
    sizeBytes: whole,
    lines: whole,
    encoding: text,
    compression: orNull(text),
    replacedCharacters: described(
      'Characters that show as U+FFFD, since their bytes are no text in this encoding or were lost before.',
      whole,
    ),
    error: described('Why the input could not be read, or not to its end.', orNull(text)),
  }),
  Transcript: objectOf<Transcript>({
    format: oneOf(...FORMAT_IDS),
    confidence: described("Share of the lines looked at that the format's scanner reads.", share),
    firstLine: line,
    lastLine: line,
    unreadLines: whole,
    repairs: described('What had to be undone to read it.', listOf(text)),
    clock: objectOf<Clock>({
      order: orNull(oneOf('dmy', 'mdy', 'ymd')),
      basis: orNull(oneOf('unambiguous', 'monotonic', 'assumed', 'given')),
      date: oneOf('full', 'no-year', 'none'),
      resolutionMs: orNull(whole),
      zone: orNull(text),
    }),
  }),
};

const findingDefinitions = {
  Severity: oneOf(...SEVERITIES),
  Side: oneOf('client', 'server', 'network', 'unknown'),
  Certainty: oneOf('certain', 'likely', 'possible'),
  Finding: objectOf<Finding>(
    {
      key: described('Unique in the report.', text),
      id: described('Which diagnosis it is.', text),
      severity: ref('Severity'),
      session: orNull(text),
      transfer: orNull(whole),
      dataConnection: orNull(whole),
      pair: orNull(text),
      message: text,
      cause,
      evidence: listOf(objectOf<Evidence>({ input: whole, line, text })),
      remedies: listOf(objectOf<Remedy>({ side: described('Who can do it, or a product.', text), text })),
      references: listOf(text),
      causedBy: described('Key of the finding that it follows from.', orNull(text)),
      replaces: described("Of a pair's finding: key of the one that a single record only guessed at.", text),
      wouldDecide: described('What evidence would settle it.', orNull(text)),
    },
    ['replaces'],
  ),
  Group: described(
    'The same finding over many sessions. Lists are capped, counts are exact.',
    objectOf<Group>({
      id: text,
      severity: ref('Severity'),
      count: whole,
      firstAt: orNull(time),
      lastAt: orNull(time),
      sessions: whole,
      share,
      users: listOf(text),
      peers: listOf(text),
      keys: listOf(text),
      note: orNull(text),
    }),
  ),
};

const pairDefinitions = {
  Pair: described(
    "The client's and the server's record of one session.",
    objectOf<Pair>({
      id: text,
      client: text,
      server: text,
      confidence: share,
      reasons: listOf(text),
      clockSkewMs: orNull(objectOf<NonNullable<Pair['clockSkewMs']>>({ value: integer, plusMinus: whole })),
      nat: objectOf<Pair['nat']>({
        clientSeenAs: orNull(text),
        serverSeenAs: orNull(text),
        portsRewritten: orNull(flag),
      }),
      exchanges: listOf(
        objectOf<Pair['exchanges'][number]>({
          client: orNull(whole),
          server: orNull(whole),
          verb: orNull(text),
          note: orNull(text),
        }),
      ),
      transfers: listOf(
        objectOf<PairTransfer>({
          client: whole,
          server: whole,
          closedFirst: objectOf<PairTransfer['closedFirst']>({ side: ref('Side'), certainty: ref('Certainty') }),
          sentBytes: orNull(whole),
          receivedBytes: orNull(whole),
          clientMs: orNull(whole),
          serverMs: orNull(whole),
          finalReplyReceived: orNull(flag),
        }),
      ),
    }),
  ),
  UndecidedPair: objectOf<UndecidedPair>({
    session: text,
    vantage: ref('Vantage'),
    why: oneOf('several-fit', 'too-little-evidence'),
    candidates: listOf(
      objectOf<UndecidedPair['candidates'][number]>({ session: text, confidence: share, reasons: listOf(text) }),
    ),
  }),
};

const counts: { readonly [Name in keyof Omit<SummaryRow, 'key'>]: Schema } = {
  sessions: whole,
  transfers: whole,
  completed: whole,
  aborted: whole,
  failed: whole,
  unfinished: whole,
  bytes: orNull(whole),
};
const rows = listOf(ref('SummaryRow'));
const countRows = listOf(objectOf<CountRow>({ key: text, sessions: whole }));

const summaryDefinitions = {
  Summary: objectOf<Summary>({
    sessions: whole,
    transfers: objectOf<Summary['transfers']>({ completed: whole, aborted: whole, failed: whole, unfinished: whole }),
    bytes: objectOf<Summary['bytes']>({ known: whole, transfersWithout: whole }),
    byDataCommand: rows,
    byFamily: rows,
    byUser: rows,
    byPeer: rows,
    byServer: rows,
    byDay: rows,
    byHour: rows,
    byVerb: rows,
    byErrorCode: rows,
    byFile: described('One row an input, in their order.', rows),
    setUps: described('How the set-up of data connections went.', listOf(setUp())),
    throughput: described('Of completed transfers whose bytes and duration are known.', listOf(throughput())),
    abortedAfter: described('How long aborted transfers had lasted.', listOf(abortedAfter())),
    topErrors: described('The most frequent error replies by code and verb.', listOf(topError())),
    logins: objectOf<LoginTotals>({
      accepted: whole,
      refused: whole,
      none: whole,
      unknown: whole,
      refusedByUser: countRows,
      refusedByPeer: countRows,
    }),
    grouped: described(
      'Totals by the keys that were asked for.',
      orNull(
        objectOf<Grouped>({
          by: listOf(oneOf(...GROUP_KEYS)),
          rows: listOf(objectOf<GroupedRow>({ values: listOf(orNull(text)), ...counts })),
        }),
      ),
    ),
  }),
  SummaryRow: objectOf<SummaryRow>({ key: text, ...counts }),
};

function setUp(): Schema {
  return objectOf<SetUpRow>({
    command: ref('DataCommand'),
    family: ref('Family'),
    attempts: whole,
    used: whole,
    refused: whole,
    unreachable: whole,
    unused: whole,
    unknown: whole,
  });
}

function throughput(): Schema {
  const percentiles = objectOf<Throughput['percentiles']>({
    p5: whole,
    p25: whole,
    p50: whole,
    p75: whole,
    p95: whole,
  });
  return objectOf<Throughput>({
    direction: oneOf('download', 'upload'),
    transfers: whole,
    percentiles: described('Bytes a second that so many percent of the transfers do not exceed.', percentiles),
  });
}

function abortedAfter(): Schema {
  return objectOf<AbortedAfter>({
    fromMs: whole,
    toMs: described('The first duration that no longer belongs to it; null: any longer one does.', orNull(whole)),
    transfers: whole,
    timers: described('Known timers that end a transfer after such a time.', listOf(text)),
  });
}

function topError(): Schema {
  return objectOf<TopError>({ code: whole, verb: orNull(text), text, replies: whole, sessions: whole });
}

/** The parts of a report as records of JSON Lines: what `type` says, with the fields of that part. */
const records: Readonly<Record<string, Schema>> = {
  report: objectOf<Pick<Report, 'schema' | 'generator'>>({
    schema: { const: REPORT_SCHEMA },
    generator: ref('Generator'),
  }),
  session: ref('Session'),
  finding: ref('Finding'),
  input: ref('Input'),
  pair: ref('Pair'),
  'undecided-pair': ref('UndecidedPair'),
  group: ref('Group'),
  summary: ref('Summary'),
  verdict: objectOf<Pick<Report, 'verdict'>>({ verdict: text }),
};

/** The JSON Schema of a report; `$defs.Record` is that of a line of JSON Lines. */
export const reportSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:${REPORT_SCHEMA.replace('.', ':').replace('/', ':')}`,
  title: `ftplens report (${REPORT_SCHEMA})`,
  description:
    'null means that the transcript does not say. Times are ISO 8601 wall-clock times, with a zone only if the transcript ' +
    'gives one. Lines count from 1. Fields may be added; none is ever given another meaning.',
  ...objectOf<Report>({
    schema: { const: REPORT_SCHEMA },
    generator: ref('Generator'),
    verdict: text,
    inputs: listOf(ref('Input')),
    sessions: listOf(ref('Session')),
    pairs: listOf(ref('Pair')),
    undecidedPairs: listOf(ref('UndecidedPair')),
    findings: listOf(ref('Finding')),
    groups: listOf(ref('Group')),
    summary: ref('Summary'),
  }),
  $defs: {
    Generator: objectOf<Report['generator']>({ name: { const: 'ftplens' }, version: text }),
    Outcome: oneOf(...OUTCOMES),
    ...inputDefinitions,
    ...sessionDefinitions,
    ...findingDefinitions,
    ...pairDefinitions,
    ...summaryDefinitions,
    Record: {
      description: 'A line of a report in JSON Lines.',
      oneOf: Object.entries(records).map(([type, part]) => ({
        type: 'object',
        required: ['type'],
        properties: { type: { const: type } },
        allOf: [part],
      })),
    },
  },
};
