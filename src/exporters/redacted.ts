import type { Totals } from '../core/analysis.ts';
import type { Redactor } from '../core/redact/redactor.ts';
import type { Finding } from '../core/report.ts';
import type { Session } from '../core/sessions/session.ts';
import type { ExportSink } from './exporter.ts';
import { plainFinding, plainSession } from './plain.ts';

/** Hands on results in which every name has its pseudonym. */
export class RedactedSink implements ExportSink {
  private readonly inner: ExportSink;
  private readonly redactor: Redactor;

  constructor(inner: ExportSink, redactor: Redactor) {
    this.inner = inner;
    this.redactor = redactor;
  }

  session(session: Session, findings: readonly Finding[]): void {
    const plain = plainSession(session);
    this.redactor.learn(plain);
    this.inner.session(
      this.replace({
        ...plain,
        exchanges: session.exchanges.map((exchange, i) => ({
          ...plain.exchanges[i],
          verbId: exchange.verbId,
          atMs: exchange.atMs,
          order: exchange.order,
          final: exchange.final && copyReply(exchange.final),
          preliminary: exchange.preliminary && copyReply(exchange.preliminary),
          replies: exchange.replies.map(copyReply),
        })),
        transfers: session.transfers.map(({ exchange, startMs, endMs }, i) => ({
          ...plain.transfers[i],
          exchange,
          startMs,
          endMs,
        })),
        dataConnections: session.dataConnections.map(({ exchange, openMs, closeMs }, i) => ({
          ...plain.dataConnections[i],
          exchange,
          openMs,
          closeMs,
        })),
        remarks: session.remarks.map(({ line, order, atMs, note, text, address, port, value, failure }) => ({
          ...{ line, order, atMs, note, text, address, port, value, failure },
        })),
        startMs: session.startMs,
        endMs: session.endMs,
        resolutionMs: session.resolutionMs,
        traits: session.traits,
        incomplete: session.incomplete,
        tally: session.tally,
      }) as unknown as Session,
      this.replace(findings.map(plainFinding)),
    );
  }

  end(totals: Totals): void {
    // The records of pairs are what the analysis works with: they lead to each other, and to names.
    const { pairedSessions, ...told } = totals;
    this.inner.end(this.replace(told));
  }

  async finish(): Promise<void> {
    await this.inner.finish?.();
  }

  /** A copy in which texts are redacted; names of fields tell which texts are names as a whole. */
  private replace<Value>(value: Value, field = ''): Value {
    if (typeof value === 'string') return this.replaceText(value, field) as Value;
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((item) => this.replace(item, field)) as Value;
    const entries = Object.entries(value).map(([name, item]) => [
      name,
      this.replace(item, name === 'key' ? `${field}.key` : name),
    ]);
    return Object.fromEntries(entries) as Value;
  }

  private replaceText(text: string, field: string): string {
    if (KEPT.has(field)) return text;
    const whole = WHOLE[field];
    return whole === undefined ? this.redactor.text(text) : this.redactor.name(whole, text);
  }
}

/** Fields whose texts are the report's own words, numbers or times. */
const KEPT = new Set(
  (
    'schema id format vantage nativeId startedAt endedAt timeOfDay severity session code side certainty references ' +
    'outcome direction type family familyBasis range command mode verb at end login gaps causedBy replaces kind note ' +
    'client server tls fellBackTo byDay.key byHour.key byVerb.key byErrorCode.key byFamily.key byDataCommand.key findings.key keys ' +
    'firstAt lastAt product version cipher repairs encoding compression pair why order basis date zone by timers'
  ).split(' '),
);

/** Fields that hold one name. */
const WHOLE: Readonly<Record<string, 'user' | 'host' | 'path'>> = {
  user: 'user',
  users: 'user',
  'byUser.key': 'user',
  'refusedByUser.key': 'user',
  address: 'host',
  peers: 'host',
  clientSeenAs: 'host',
  serverSeenAs: 'host',
  'byPeer.key': 'host',
  'byServer.key': 'host',
  'refusedByPeer.key': 'host',
  path: 'path',
  fullPath: 'path',
  'byFile.key': 'path',
};

function copyReply({ line, at, code, text, atMs, order, isUnended }: Session['exchanges'][number]['replies'][number]) {
  return { line, at, code, text, atMs, order, isUnended };
}
