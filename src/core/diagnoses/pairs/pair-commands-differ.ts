import { Verb } from '../../ftp/verbs.ts';
import type { PairedExchange, PairedSessions } from '../../pairing/paired.ts';
import type { Certainty, Severity, Side } from '../../report.ts';
import type { Exchange } from '../../sessions/session.ts';
import { counted, listed, shortened } from '../wording.ts';
import { definePairDiagnosis, type PairFact } from './pair-diagnosis.ts';

const TOLD = 4;

type Data =
  | { readonly kind: 'missing'; readonly clientOnly: readonly string[]; readonly serverOnly: readonly string[] }
  | { readonly kind: 'renamed'; readonly client: string; readonly server: string }
  | { readonly kind: 'tls'; readonly client: string; readonly server: string };

/** The two records do not show the same commands. */
export default definePairDiagnosis<Data>({
  id: 'pair-commands-differ',
  group: 'pairs',
  title: 'commands that differ between the records',
  severity: 'warning',
  references: ['RFC 959 section 4.1'],
  explanation:
    'A command stands in one record only, or with another argument in each. A proxy or firewall that takes part in the dialogue adds, drops or changes commands; a name may also have been changed in one of the texts before it was handed on.',
  remedies: [
    {
      side: 'network',
      text: 'Look for an FTP proxy or a firewall that inspects FTP on the path, and take it out to compare.',
    },
  ],
  *detect(sessions) {
    yield* missing(sessions);
    yield* renamed(sessions);
    yield* intercepted(sessions);
  },
  message(data) {
    if (data.kind === 'tls')
      return `The client speaks ${data.client}, the server ${data.server}: TLS does not reach from one end to the other.`;
    if (data.kind === 'renamed')
      return `The client's record says "${data.client}" where the server's says "${data.server}": the name was changed in one of the texts, or on the way.`;
    const parts = [
      ...partOf(data.clientOnly, "in the client's record only"),
      ...partOf(data.serverOnly, "in the server's record only"),
    ];
    return `Amid what both records share there ${data.clientOnly.length + data.serverOnly.length === 1 ? 'is' : 'are'} ${listed(parts)}.`;
  },
});

function partOf(commands: readonly string[], where: string): string[] {
  if (commands.length === 0) return [];
  const shown = listed(commands.slice(0, TOLD).map((command) => `"${command}"`));
  const more = commands.length > TOLD ? ' and others' : '';
  return [`${counted(commands.length, 'command')} ${where} (${shown}${more})`];
}

function* missing({ client, server, exchanges }: PairedSessions): Generator<PairFact<Data>> {
  if (hides(client) || hides(server)) return;
  const isCommon = ({ client: a, server: b }: PairedExchange) => a !== null && b !== null && a.verb !== null;
  const first = exchanges.findIndex(isCommon);
  const last = exchanges.findLastIndex(isCommon);
  const within = exchanges.slice(first, last + 1);
  const common = within.filter(isCommon).length;
  const isMissing = (exchange: Exchange | null) =>
    exchange !== null && exchange.verb !== null && exchange.verbId !== Verb.QUIT;
  const clientOnly = within.filter(({ client: a, server: b }) => b === null && isMissing(a)).map(({ client: a }) => a!);
  const serverOnly = within.filter(({ client: a, server: b }) => a === null && isMissing(b)).map(({ server: b }) => b!);
  const count = clientOnly.length + serverOnly.length;
  // Where much differs, one of the records leaves commands out by itself.
  if (count === 0 || count * 2 > common) return;
  yield {
    client: clientOnly.slice(0, TOLD),
    server: serverOnly.slice(0, TOLD),
    data: { kind: 'missing', clientOnly: clientOnly.map(commandOf), serverOnly: serverOnly.map(commandOf) },
    ...BY_NETWORK,
  };
}

const BY_NETWORK: { side: Side; certainty: Certainty } = { side: 'network', certainty: 'likely' };

function hides(session: PairedSessions['client']): boolean {
  return session.gaps.some(
    (gap) => gap === 'commands-hidden' || gap === 'ambiguous' || gap === 'middle' || gap === 'desynchronised',
  );
}

/** The first name that differs stands for all that follow from it. */
function* renamed({ exchanges }: PairedSessions): Generator<PairFact<Data>> {
  const found = exchanges.find(
    ({ difference, client, server }) => difference === 'argument-differs' && isRenamed(client!, server!),
  );
  if (found === undefined) return;
  const client = found.client!;
  const server = found.server!;
  yield {
    client: [client],
    server: [server],
    data: { kind: 'renamed', client: commandOf(client), server: commandOf(server) },
    side: 'unknown',
    certainty: 'possible',
    severity: 'notice' satisfies Severity,
  };
}

/** Logs may print a path in full that the client sent in part, and question marks for what is not ASCII. */
function isRenamed({ argument: a }: Exchange, { argument: b }: Exchange): boolean {
  if (a === null || b === null) return false;
  const [client, server] = [asciiOf(a), asciiOf(b)];
  return !client.endsWith(server) && !server.endsWith(client);
}

function asciiOf(text: string): string {
  return text.replaceAll(/[^!-~]|\?/g, '');
}

function* intercepted({ client, server }: PairedSessions): Generator<PairFact<Data>> {
  const a = client.tls.version;
  const b = server.tls.version;
  if (a === null || b === null || versionOf(a) === versionOf(b)) return;
  yield {
    client: [client.exchanges[0] ?? null],
    server: [server.exchanges[0] ?? null],
    data: { kind: 'tls', client: a, server: b },
    ...BY_NETWORK,
  };
}

/** `TLSv1.3`, `TLS1.3` and `TLS 1.3` are one. */
function versionOf(text: string): string {
  return text.replaceAll(/[^0-9.]/g, '').replace(/\.0$/, '');
}

function commandOf({ verb, argument }: Exchange): string {
  return shortened(argument === null ? verb! : `${verb} ${argument}`, 60);
}
