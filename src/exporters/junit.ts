import { isAtLeast, type Sink, type Totals } from '../core/analysis.ts';
import type { Finding } from '../core/report.ts';
import type { Session, Transfer } from '../core/sessions/session.ts';
import type { Exporter, ExportOptions, Write } from './exporter.ts';
import { type Place, type PlaceOf, placesIn, placeText } from './place.ts';
import { escapeControls } from './printable.ts';

/** Level from which on a finding fails its case, unless told otherwise. */
const LEVEL = 'error';

/**
 * JUnit XML for build servers: each transfer is a case, which fails if the transfer was aborted or failed; each finding at or
 * above a level is a failed one.
 */
export const junit: Exporter = {
  id: 'junit',
  title: 'JUnit XML: transfers and grave findings as test cases',
  extensions: ['xml'],
  holds: 'report',
  create: (write, options) => new JUnitSink(write, options),
};

/** Streams the cases, one suite a session. Counts stand at each suite, for those of all are not known before the end. */
class JUnitSink implements Sink {
  private readonly write: Write;
  private readonly options: ExportOptions;
  private readonly placeOf: PlaceOf;

  constructor(write: Write, options: ExportOptions) {
    this.write = write;
    this.options = options;
    this.placeOf = placesIn(options);
    write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="ftplens">\n');
  }

  session(session: Session, findings: readonly Finding[]): void {
    const file = this.options.inputPath(session.input);
    const cases = session.transfers.map((transfer) =>
      transferCase(transfer, this.placeOf({ input: session.input, line: transfer.firstLine }), session),
    );
    this.suite(`${file} ${session.id}`, session.startedAt, [...cases, ...this.findingCases(findings)]);
  }

  end(totals: Totals): void {
    const unread = totals.inputs.filter(({ error }) => error !== null);
    const errors = unread.map(({ path, error }) => ({
      xml: `${openCase(path, path, null)}<error${attributes({ message: error! })}/></testcase>`,
      result: 'error' as const,
    }));
    const cases = [...errors, ...this.findingCases(totals.findings)];
    if (cases.length > 0) this.suite('all inputs', null, cases);
    this.write('</testsuites>\n');
  }

  private findingCases(findings: readonly Finding[]): Case[] {
    const level = this.options.failOn ?? LEVEL;
    return findings.filter(({ severity }) => isAtLeast(severity, level)).map((finding) => this.findingCase(finding));
  }

  private findingCase(finding: Finding): Case {
    const [first] = finding.evidence;
    const place = first === undefined ? null : this.placeOf(first);
    const body = [
      ...finding.evidence.map(({ input, line, text }) => `${placeText(this.placeOf({ input, line }))}: ${text}`),
      ...finding.remedies.map(({ side, text }) => `${side}: ${text}`),
    ];
    const failure = attributes({ type: finding.severity, message: finding.message });
    const lines = body.map((line) => escapeXml(line)).join('\n');
    const xml = `${openCase(finding.id, place?.path ?? '', place?.line ?? null)}<failure${failure}>${lines}</failure></testcase>`;
    return { xml, result: 'failure' };
  }

  private suite(name: string, timestamp: string | null, cases: readonly Case[]): void {
    const count = (result: Case['result']) => cases.filter((one) => one.result === result).length;
    const counts = {
      tests: cases.length,
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
    };
    const head = attributes({ name, ...counts, ...(timestamp === null ? {} : { timestamp }) });
    this.write(`<testsuite${head}>\n${cases.map(({ xml }) => `${xml}\n`).join('')}</testsuite>\n`);
  }
}

interface Case {
  readonly xml: string;
  readonly result: 'success' | 'failure' | 'error' | 'skipped';
}

function transferCase(transfer: Transfer, place: Place, session: Session): Case {
  const { outcome, verb, direction, path, durationMs, finalCode, clientError } = transfer;
  const name = [verb ?? direction, path].filter((part) => part !== null && part !== '').join(' ');
  const open = openCase(name, place.path, place.line, durationMs);
  if (outcome === 'completed') return { xml: `${open}</testcase>`, result: 'success' };
  // The text stops before the transfer does: that is neither.
  if (outcome === 'unfinished') return { xml: `${open}<skipped/></testcase>`, result: 'skipped' };
  const reply = transfer.exchange === null ? undefined : session.exchanges[transfer.exchange]?.final;
  const said = [reply == null ? finalCode : `${reply.code} ${reply.text}`, clientError?.text];
  const message = [outcome, ...said.filter((part) => part != null)].join('; ');
  return { xml: `${open}<failure${attributes({ type: outcome, message })}/></testcase>`, result: 'failure' };
}

function openCase(name: string, file: string, line: number | null, durationMs: number | null = null): string {
  const place = line === null ? {} : { line };
  const time = durationMs === null ? {} : { time: (durationMs / 1_000).toFixed(3) };
  return `<testcase${attributes({ name, classname: file, file, ...place, ...time })}>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text of a log in XML: control characters, which XML forbids even as references, are shown as escapes. */
function escapeXml(text: string): string {
  // Halves of surrogate pairs and U+FFFE, U+FFFF are no characters of XML 1.0 either.
  return escapeControls(text)
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
