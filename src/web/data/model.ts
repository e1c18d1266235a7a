import type { Group, Severity } from '../../core/report.ts';
import { SEVERITIES } from '../../core/report.ts';
import {
  type FindingData,
  type LadderData,
  PAGE_SCHEMA,
  type PackedLadder,
  type PageData,
} from '../../exporters/html/page-data.ts';

/** Findings of one diagnosis. */
export interface Cause {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly explanation: string;
  readonly references: readonly string[];
  /** Occurrences, exact. */
  readonly count: number;
  /** Sessions with it, exact; null where that is not known. */
  readonly sessions: number | null;
  /** Those that are in the page, gravest first. */
  readonly findings: readonly FindingData[];
  readonly group: Group | null;
  /** Diagnoses that follow from it, by id. */
  readonly effects: readonly string[];
}

/** The report with what the views look up. */
export interface Model {
  readonly data: PageData;
  readonly ladders: ReadonlyMap<string, LadderData>;
  /** Place of a session in the rows. */
  readonly rows: ReadonlyMap<string, number>;
  readonly findings: ReadonlyMap<string, FindingData>;
  readonly findingsOf: ReadonlyMap<string, readonly FindingData[]>;
  /** Every diagnosis that found something, gravest first. */
  readonly causes: readonly Cause[];
  /** Ids of diagnoses whose every finding follows from another one. */
  readonly onlyEffects: ReadonlySet<string>;
}

/** Reads the page's data. Throws in plain words when it is not whole. */
export function readModel(text: string): Model {
  let data: PageData;
  try {
    data = JSON.parse(text) as PageData;
  } catch {
    throw new Error('The report in this file is damaged: it is no whole JSON.');
  }
  if (data?.schema !== PAGE_SCHEMA)
    throw new Error(`The report in this file is not of the kind that this page shows (${PAGE_SCHEMA}).`);
  return modelOf(data);
}

function modelOf(data: PageData): Model {
  const ladders = data.ladders.map((ladder) => unpackLadder(ladder, data.texts));
  const all = [...data.findings, ...ladders.flatMap(({ findings }) => findings)];
  const findings = new Map(all.map((finding) => [finding.key, finding]));
  const findingsOf = groupBy(
    all.filter(({ session }) => session !== undefined),
    ({ session }) => session!,
  );
  for (const list of findingsOf.values()) list.sort(graver);
  const causes = causesOf(data, all, findings);
  return {
    data,
    ladders: new Map(ladders.map((ladder) => [ladder.id, ladder])),
    rows: new Map(data.sessions.id.map((id, row) => [id, row])),
    findings,
    findingsOf,
    causes,
    onlyEffects: new Set(
      causes
        .filter((cause) => cause.findings.length > 0 && cause.findings.every((finding) => isEffect(finding, findings)))
        .map(({ id }) => id),
    ),
  };
}

function unpackLadder(ladder: PackedLadder, texts: readonly string[]): LadderData {
  const steps = ladder.steps.map(
    ([speaker, line, ms, text, exchange]) => [speaker, line, ms, texts[text]!, exchange] as const,
  );
  return { ...ladder, steps };
}

function causesOf(
  data: PageData,
  all: readonly FindingData[],
  byKey: ReadonlyMap<string, FindingData>,
): readonly Cause[] {
  const byId = groupBy(all, ({ id }) => id);
  const groups = new Map(data.groups.map((group) => [group.id, group]));
  const effects = new Map<string, Set<string>>();
  for (const finding of all) {
    const cause = finding.causedBy === undefined ? undefined : byKey.get(finding.causedBy);
    if (cause === undefined) continue;
    const ids = effects.get(cause.id);
    if (ids === undefined) effects.set(cause.id, new Set([finding.id]));
    else ids.add(finding.id);
  }
  const causes = [...new Set([...groups.keys(), ...byId.keys()])].map((id): Cause => {
    const found = (byId.get(id) ?? []).sort(graver);
    const group = groups.get(id) ?? null;
    const about = data.diagnoses[id] ?? { title: id, explanation: '', references: [] };
    return {
      id,
      severity: group?.severity ?? found[0]?.severity ?? 'info',
      ...about,
      count: Math.max(group?.count ?? 0, found.length),
      // What only many sessions show is in none of them.
      sessions: group?.sessions || null,
      findings: found,
      group,
      effects: [...(effects.get(id) ?? [])],
    };
  });
  const isOfTransfer = ({ findings }: Cause) => findings.some(({ transfer }) => transfer !== undefined);
  return causes.sort(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      Number(isOfTransfer(b)) - Number(isOfTransfer(a)) ||
      b.count - a.count ||
      (a.id < b.id ? -1 : 1),
  );
}

function isEffect(finding: FindingData, findings: ReadonlyMap<string, FindingData>): boolean {
  return finding.causedBy !== undefined && findings.has(finding.causedBy);
}

function rankOf({ severity }: { readonly severity: Severity }): number {
  return SEVERITIES.indexOf(severity);
}

function graver(a: FindingData, b: FindingData): number {
  return rankOf(a) - rankOf(b);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
