import type * as Sarif from 'sarif';
import type { Sink, Totals } from '../core/analysis.ts';
import { diagnoses, observers, pairDiagnoses } from '../core/diagnoses/index.ts';
import type { Evidence, Finding, Remedy, Severity } from '../core/report.ts';
import type { Session } from '../core/sessions/session.ts';
import { VERSION } from '../version.ts';
import type { Exporter, ExportOptions, Write } from './exporter.ts';
import { type PlaceOf, placesIn } from './place.ts';
import { escapeControls, stringifyJson } from './printable.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Findings as SARIF 2.1.0, which editors and code hosts show beside the lines. */
export const sarif: Exporter = {
  id: 'sarif',
  title: 'SARIF 2.1.0: findings for editors and code hosts',
  extensions: ['sarif', 'sarif.json'],
  holds: 'report',
  create: (write, options) => new SarifSink(write, options),
};

/** Streams the results; the rules that they refer to are known at the end, and stand behind them. */
class SarifSink implements Sink {
  private readonly write: Write;
  private readonly placeOf: PlaceOf;
  private readonly used = new Set<string>();
  private results = 0;

  constructor(write: Write, options: ExportOptions) {
    this.write = write;
    this.placeOf = placesIn(options);
    write(`{"version":"2.1.0","$schema":"${SCHEMA}","runs":[{"columnKind":"utf16CodeUnits","results":[`);
  }

  session(_session: Session, findings: readonly Finding[]): void {
    for (const finding of findings) this.add(finding);
  }

  end(totals: Totals): void {
    for (const finding of totals.findings) this.add(finding);
    const driver: Sarif.ToolComponent = { name: 'ftplens', version: VERSION, rules: rulesOf(this.used) };
    const tool: Sarif.Tool = { driver };
    const invocations: Sarif.Invocation[] = [invocationOf(totals)];
    this.write(`\n],\n"tool":${stringifyJson(tool)},\n"invocations":${stringifyJson(invocations)}}]}\n`);
  }

  private add(finding: Finding): void {
    this.used.add(finding.id);
    this.write(`${this.results++ === 0 ? '\n' : ',\n'}${stringifyJson(resultOf(finding, this.placeOf))}`);
  }
}

function resultOf(finding: Finding, placeOf: PlaceOf): Sarif.Result {
  const [first, ...others] = finding.evidence;
  const result: Sarif.Result = {
    ruleId: finding.id,
    ...levelOf(finding.severity),
    message: message(finding.message),
    locations: first === undefined ? [] : [locationOf(first, finding, placeOf)],
    partialFingerprints: { 'ftplensFinding/v1': finding.key },
    properties: {
      side: finding.cause.side,
      certainty: finding.cause.certainty,
      remedies: finding.remedies.map(({ side, text }) => `${side}: ${text}`),
    },
  };
  if (others.length > 0)
    result.relatedLocations = others.map((evidence, i) => ({
      ...locationOf(evidence, finding, placeOf),
      id: i + 1,
      message: message(evidence.text),
    }));
  return result;
}

function levelOf(severity: Severity): Pick<Sarif.Result, 'level' | 'kind'> {
  if (severity === 'info') return { kind: 'informational', level: 'none' };
  return { kind: 'fail', level: severity === 'notice' ? 'note' : severity };
}

function locationOf(evidence: Evidence, { session }: Finding, placeOf: PlaceOf) {
  const { path, line } = placeOf(evidence);
  const location: Sarif.Location = {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path) },
      region: { startLine: line, snippet: { text: escapeControls(evidence.text) } },
    },
  };
  if (session !== null) location.logicalLocations = [{ name: session, kind: 'session' }];
  return location;
}

/** A path as a URI; a relative one stays relative, so that a code host finds the file in its repository. */
function uriOf(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/').map(encodeURIComponent);
  const uri = parts.filter((part, i) => part !== '.' || i > 0).join('/');
  if (path.startsWith('/')) return `file://${uri}`;
  return /^[A-Za-z]%3A\//.test(uri) ? `file:///${uri.replace('%3A', ':')}` : uri;
}

/** Text in which nothing stands for a link (section 3.11.6) or a placeholder (section 3.11.5). */
function message(text: string): Sarif.Message {
  return {
    text: escapeControls(text)
      .replace(/[[\]\\]/g, '\\$&')
      .replace(/[{}]/g, '$&$&'),
  };
}

function rulesOf(used: ReadonlySet<string>): Sarif.ReportingDescriptor[] {
  const known = [...diagnoses, ...observers, ...pairDiagnoses].filter(({ id }) => used.has(id));
  return known.map(({ id, group, title, severity, explanation, remedies, references }) => ({
    id,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: helpOf(explanation, remedies, references),
    defaultConfiguration: { level: levelOf(severity).level ?? 'none' },
    properties: { tags: ['ftp', group] },
  }));
}

function helpOf(explanation: string, remedies: readonly Remedy[], references: readonly string[]) {
  const see = references.length === 0 ? '' : `See ${references.join('; ')}.`;
  const plain = [explanation, ...remedies.map(({ side, text }) => `${side}: ${text}`), see];
  const markdown = [explanation, remedies.map(({ side, text }) => `- **${side}**: ${text}`).join('\n'), see];
  const filled = (parts: readonly string[]) => parts.filter((part) => part !== '');
  return { text: filled(plain).join('\n'), markdown: filled(markdown).join('\n\n') };
}

function invocationOf({ inputs }: Totals): Sarif.Invocation {
  const failed = inputs.filter(({ error }) => error !== null);
  return {
    executionSuccessful: failed.length === 0,
    toolExecutionNotifications: failed.map(({ path, error }) => ({
      level: 'error',
      message: message(`${path}: ${error}`),
      locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) } } }],
    })),
  };
}
