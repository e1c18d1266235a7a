import {
  type ConnectAttempt,
  type DataConnection,
  type Endpoint,
  type Exchange,
  FORMAT_IDS,
  type Negotiation,
  type Reply,
  type ReplyError,
  type Session,
  type Transfer,
} from '../../core/report.ts';
import {
  described,
  flag,
  line,
  listOf,
  objectOf,
  oneOf,
  orNull,
  ref,
  type Schema,
  text,
  time,
  whole,
} from './json-schema.ts';

type Certificate = NonNullable<Session['tls']['certificate']>;

const endpoint: { readonly [Name in keyof Endpoint]: Schema } = {
  address: orNull(text),
  port: orNull(whole),
  family: ref('Family'),
  range: described(
    'Documentation ranges count as public.',
    orNull(oneOf('public', 'private', 'loopback', 'link-local', 'reserved')),
  ),
};

const tls = objectOf<Session['tls']>({
  control: oneOf('none', 'explicit', 'implicit', 'unknown'),
  data: oneOf('clear', 'private', 'unknown'),
  version: orNull(text),
  cipher: orNull(text),
  certificate: orNull(
    objectOf<Certificate>({
      subject: orNull(text),
      issuer: orNull(text),
      notAfter: orNull(text),
      verifyResult: orNull(text),
    }),
  ),
});

const session = objectOf<Session>({
  id: described('`s<input>-<first line>`, `.2` for another on that line.', text),
  input: whole,
  transcript: whole,
  format: oneOf(...FORMAT_IDS),
  vantage: ref('Vantage'),
  nativeId: described('What the log calls it: `22` for `(000022)`.', orNull(text)),
  firstLine: line,
  lastLine: line,
  startedAt: orNull(time),
  endedAt: orNull(time),
  timeOfDay: described('Time of the first line where the transcript prints no date.', orNull(text)),
  durationMs: orNull(whole),
  client: objectOf<Session['client']>({ ...endpoint, product: orNull(text), version: orNull(text) }),
  server: objectOf<Session['server']>({
    ...endpoint,
    banner: orNull(text),
    product: orNull(text),
    version: orNull(text),
  }),
  proxy: orNull(ref('Endpoint')),
  connectAttempts: listOf(
    objectOf<ConnectAttempt>({
      line,
      address: text,
      port: orNull(whole),
      family: ref('Family'),
      outcome: oneOf('connected', 'failed', 'unknown'),
    }),
  ),
  controlFamily: described('`::ffff:a.b.c.d` is ipv4.', ref('Family')),
  user: described('Who logged in, else the name last tried.', orNull(text)),
  login: oneOf('accepted', 'refused', 'none', 'unknown'),
  tls,
  epsv: ref('Negotiation'),
  pasv: ref('Negotiation'),
  eprt: ref('Negotiation'),
  port: ref('Negotiation'),
  fellBackTo: described(
    'The next set-up command of another kind after the first refused or unusable one, for the same transfer.',
    orNull(oneOf('EPSV', 'PASV', 'EPRT', 'PORT')),
  ),
  dataConnections: listOf(ref('DataConnection')),
  transfers: listOf(ref('Transfer')),
  errors: described(
    'Every final 4xx and 5xx reply, in order.',
    listOf(objectOf<ReplyError>({ line, verb: orNull(text), code: whole, text })),
  ),
  exchanges: listOf(ref('Exchange')),
  exchangesLeftOut: described('How many are not listed, to bound the size of a report.', whole),
  commandCount: whole,
  gaps: listOf(oneOf('head', 'tail', 'middle', 'commands-hidden', 'replies-not-logged', 'ambiguous', 'desynchronised')),
  end: oneOf('quit', 'closed', 'timed-out', 'dropped', 'refused', 'unfinished'),
  verdict: orNull(text),
});

const dataConnection = objectOf<DataConnection>({
  command: ref('DataCommand'),
  mode: oneOf('passive', 'active'),
  argument: orNull(text),
  line,
  replyCode: orNull(whole),
  endpoint: described("Where to connect to; after 229 the server's control address, where known.", ref('Endpoint')),
  connectedTo: described('Where the client really went.', orNull(ref('Endpoint'))),
  family: ref('Family'),
  familyBasis: described(
    'How the family is known; `control-connection` is RFC 2428 section 3.',
    orNull(oneOf('address', 'argument', 'control-connection', 'observed')),
  ),
  openedAt: orNull(time),
  closedAt: orNull(time),
  tls: orNull(flag),
  tlsResumed: orNull(flag),
  outcome: oneOf('used', 'refused', 'unreachable', 'unused', 'unknown'),
  failure: orNull(oneOf('timeout', 'reset', 'no-route', 'tls', 'never-came', 'refused')),
});

const transfer = objectOf<Transfer>({
  verb: orNull(text),
  direction: oneOf('download', 'upload', 'listing'),
  path: described('As sent.', orNull(text)),
  fullPath: orNull(text),
  type: orNull(oneOf('ascii', 'image')),
  restartOffset: orNull(whole),
  announcedBytes: described('From SIZE, the 150 reply, or ALLO.', orNull(whole)),
  transferredBytes: orNull(whole),
  bytesExact: flag,
  startedAt: orNull(time),
  endedAt: orNull(time),
  durationMs: orNull(whole),
  dataConnection: described("Index into the session's dataConnections.", orNull(whole)),
  firstLine: line,
  lastLine: line,
  finalCode: described("The first final reply to the transfer's verb, never ABOR's.", orNull(whole)),
  outcome: ref('Outcome'),
  clientError: orNull(objectOf<NonNullable<Transfer['clientError']>>({ line, code: orNull(whole), text })),
  attempt: described('1 for the first try of a path.', line),
  retryOf: described(
    'The try it repeats.',
    orNull(objectOf<NonNullable<Transfer['retryOf']>>({ session: text, transfer: whole })),
  ),
});

/** Definitions of a session and what it holds. */
export const sessionDefinitions: Readonly<Record<string, Schema>> = {
  Family: oneOf('ipv4', 'ipv6', 'unknown'),
  Vantage: oneOf('client', 'server'),
  DataCommand: oneOf('EPSV', 'PASV', 'EPRT', 'PORT', 'LPSV', 'LPRT'),
  Endpoint: objectOf<Endpoint>(endpoint),
  Negotiation: objectOf<Negotiation>({
    attempts: described('Without `EPSV ALL`.', whole),
    argument: described('Of the first attempt.', orNull(text)),
    replyCode: described('Of the first attempt.', orNull(whole)),
    port: described('The first readable one.', orNull(whole)),
  }),
  Session: session,
  Exchange: objectOf<Exchange>({
    line,
    at: orNull(time),
    verb: described('null: replies that no command asked for.', orNull(text)),
    argument: orNull(text),
    replies: listOf(objectOf<Reply>({ line, at: orNull(time), code: whole, text })),
    note: orNull(oneOf('late', 'unsolicited', 'mispaired')),
  }),
  DataConnection: dataConnection,
  Transfer: transfer,
};
