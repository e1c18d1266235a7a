import { packVerb } from '../ftp/verbs.ts';
import { limits } from '../limits.ts';
import type { Evidence, Finding, Severity } from '../report.ts';
import type { Session } from '../sessions/session.ts';
import { Trait } from '../sessions/traits.ts';
import { rankOf, tieToCauses } from './causes.ts';
import type { Diagnosis, Fact, Settings } from './diagnosis.ts';
import { LineTexts } from './line-texts.ts';
import { remediesFor } from './remedies.ts';

const CODES = 1000;
const NOTES = 128;

/** What a session contains of the things that diagnoses are triggered by, as bits. */
export type Signature = Uint32Array;

/** Diagnoses made ready to be run over sessions. */
export class Plan {
  readonly diagnoses: readonly Diagnosis[];
  readonly settings: Settings;
  /** Bit of a reply code, a packed verb, a note; absent or -1 = no diagnosis waits for it. */
  readonly codeBits = new Int16Array(CODES).fill(-1);
  readonly verbBits = new Map<number, number>();
  readonly noteBits = new Int16Array(NOTES).fill(-1);
  private readonly masks: readonly (Signature | null)[];
  /** Traits of which one is needed, and traits that are all needed; 0 = none. */
  private readonly traits: Int32Array;
  private readonly needs: Int32Array;
  private readonly words: number;
  /** Filled anew for each session. */
  readonly signature: Signature;
  /** Which diagnoses may find something, by what sessions contain: most sessions contain what others did. */
  private readonly triggered = new Map<number, Triggered>();

  constructor(diagnoses: readonly Diagnosis[], settings: Settings = { passiveRange: null }) {
    this.diagnoses = diagnoses;
    this.settings = settings;
    let bits = 0;
    for (const { triggers } of diagnoses) {
      for (const code of triggers?.codes ?? []) if (this.codeBits[code]! < 0) this.codeBits[code] = bits++;
      for (const note of triggers?.notes ?? []) if (this.noteBits[note]! < 0) this.noteBits[note] = bits++;
      for (const verb of triggers?.verbs ?? [])
        if (!this.verbBits.has(packVerb(verb))) this.verbBits.set(packVerb(verb), bits++);
    }
    this.words = Math.max(1, (bits + 31) >>> 5);
    this.signature = this.createSignature();
    this.masks = diagnoses.map((diagnosis) => this.maskOf(diagnosis));
    this.traits = Int32Array.from(diagnoses, ({ triggers }) => bitsOf(triggers?.traits));
    this.needs = Int32Array.from(diagnoses, ({ triggers }) => bitsOf(triggers?.needs));
  }

  private maskOf({ triggers }: Diagnosis): Signature | null {
    if (triggers === undefined || !(triggers.codes || triggers.notes || triggers.verbs)) return null;
    const mask = this.createSignature();
    for (const code of triggers.codes ?? []) setBit(mask, this.codeBits[code]!);
    for (const note of triggers.notes ?? []) setBit(mask, this.noteBits[note]!);
    for (const verb of triggers.verbs ?? []) setBit(mask, this.verbBits.get(packVerb(verb))!);
    return mask;
  }

  /** An empty signature; fill it with {@link setBit} as events come, or with {@link readSignature}. */
  createSignature(): Signature {
    return new Uint32Array(this.words);
  }

  /** Puts what the session contains into `signature`. */
  readSignature(session: Session, signature: Signature): void {
    signature.fill(0);
    for (const { verbId, replies } of session.exchanges) {
      if (verbId !== 0) setBit(signature, this.verbBits.get(verbId) ?? -1);
      for (const { code } of replies) if (code < CODES) setBit(signature, this.codeBits[code]!);
    }
    for (const { note } of session.remarks) setBit(signature, this.noteBits[note]!);
  }

  /** The diagnoses that may find something in such a session, by their index. */
  triggeredBy(signature: Signature, traits: number): readonly number[] {
    let hash = traits;
    for (const word of signature) hash = Math.imul(hash ^ word ^ (hash >>> 15), SPREAD);
    const known = this.triggered.get(hash);
    if (known !== undefined && known.traits === traits && isSame(known.signature, signature)) return known.indexes;
    const indexes: number[] = [];
    for (let index = 0; index < this.diagnoses.length; index++)
      if (this.isTriggered(index, signature, traits)) indexes.push(index);
    if (this.triggered.size >= limits.routineKinds) this.triggered.clear();
    this.triggered.set(hash, { traits, signature: signature.slice(), indexes });
    return indexes;
  }

  private isTriggered(index: number, signature: Signature, traits: number): boolean {
    const needed = this.needs[index]!;
    if ((needed & traits) !== needed) return false;
    const anyOf = this.traits[index]!;
    if (anyOf !== 0 && (anyOf & traits) === 0) return false;
    const mask = this.masks[index];
    if (!mask) return true;
    for (let word = 0; word < mask.length; word++) if ((mask[word]! & signature[word]!) !== 0) return true;
    return false;
  }
}

interface Triggered {
  readonly traits: number;
  readonly signature: Signature;
  readonly indexes: readonly number[];
}

/** An odd multiplier that spreads a number over its bits. */
const SPREAD = 0x9e3779b1;

function isSame(a: Signature, b: Signature): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function bitsOf(traits: readonly (keyof typeof Trait)[] = []): number {
  return traits.reduce((bits, trait) => bits | Trait[trait], 0);
}

/** Sets a bit of a signature; below zero = none. */
function setBit(signature: Signature, bit: number): void {
  if (bit >= 0) signature[bit >>> 5]! |= 1 << (bit & 31);
}

/** Counts what `perInput` diagnoses find where an input has too many sessions to say it of each. */
export interface Counting {
  /** Whether the fact has been counted, so that it needs no finding of its own. */
  counts(diagnosis: Diagnosis, session: Session, fact: Fact<unknown>): boolean;
}

interface Found {
  readonly diagnosis: Diagnosis;
  readonly fact: Fact<unknown>;
  readonly finding: Told;
  readonly transfers: readonly number[] | undefined;
  readonly line: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Told when a diagnosis throws, so that the run can go on without it. */
export type Complaint = (diagnosis: Diagnosis, session: Session, error: unknown) => void;

/**
 * What is wrong, or worth telling, about a session: its findings, most severe first, then by line. A finding that another
 * one explains names it in `causedBy`, and is at most a notice where that one is a warning or an error. They are borrowed
 * like the session: `copyFinding` keeps one.
 */
export function diagnose(
  session: Session,
  plan: Plan,
  counting: Counting | null = null,
  complain: Complaint | null = null,
): readonly Finding[] {
  const signature = plan.signature;
  plan.readSignature(session, signature);
  const { traits } = session;
  const found: Found[] = [];
  let texts: LineTexts | null = null;
  for (const index of plan.triggeredBy(signature, traits)) {
    const diagnosis = plan.diagnoses[index]!;
    if (diagnosis.needsWhole === true && session.incomplete) continue;
    try {
      for (const fact of diagnosis.detect(session, plan.settings)) {
        if (counting?.counts(diagnosis, session, fact)) continue;
        texts ??= new LineTexts(session);
        const finding = new Told(session, diagnosis, fact, texts);
        const { transfers } = fact;
        found.push({ diagnosis, fact, finding, transfers, line: finding.line, ...linesOf(fact, session) });
      }
    } catch (error) {
      complain?.(diagnosis, session, error);
    }
  }
  if (found.length === 0) return NOTHING;
  found.sort(bySeverityAndLine);
  found.forEach(({ finding }, n) => {
    finding.key = `${session.id}.${n + 1}`;
  });
  tieToCauses(found);
  found.sort(bySeverityAndLine);
  return found.map(({ finding }) => finding);
}

const NOTHING: readonly Finding[] = [];

/** A finding whose words are put together when they are read: a table asks only how many there are. */
class Told implements Finding {
  key = '';
  severity: Severity;
  causedBy: string | null = null;
  readonly id: string;
  readonly session: string;
  readonly transfer: number | null;
  readonly dataConnection: number | null;
  readonly pair = null;
  readonly cause: Finding['cause'];
  readonly references: readonly string[];
  readonly wouldDecide: string | null;
  private readonly source: Session;
  private readonly diagnosis: Diagnosis;
  private readonly fact: Fact<unknown>;
  private readonly texts: LineTexts;

  constructor(session: Session, diagnosis: Diagnosis, fact: Fact<unknown>, texts: LineTexts) {
    this.source = session;
    this.diagnosis = diagnosis;
    this.fact = fact;
    this.texts = texts;
    this.id = diagnosis.id;
    this.severity = fact.severity ?? diagnosis.severity;
    this.session = session.id;
    this.transfer = fact.transfer ?? null;
    this.dataConnection = fact.dataConnection ?? null;
    this.cause = { side: fact.side, certainty: fact.certainty };
    this.references = diagnosis.references;
    this.wouldDecide = fact.wouldDecide ?? null;
  }

  get message(): string {
    return this.diagnosis.message(this.fact.data);
  }

  get evidence(): readonly Evidence[] {
    return this.texts.evidenceOf(this.fact.lines);
  }

  get remedies(): Finding['remedies'] {
    return remediesFor(this.fact.remedies ?? this.diagnosis.remedies, this.source);
  }

  /** Line of the most telling evidence. */
  get line(): number {
    const shown = this.fact.lines[0];
    return shown === undefined ? this.source.firstLine : typeof shown === 'number' ? shown : shown.line;
  }
}

function linesOf({ lines }: Fact<unknown>, session: Session): { firstLine: number; lastLine: number } {
  if (lines.length === 0) return { firstLine: session.firstLine, lastLine: session.lastLine };
  let firstLine = Number.POSITIVE_INFINITY;
  let lastLine = 0;
  for (const shown of lines) {
    const line = typeof shown === 'number' ? shown : shown.line;
    if (line < firstLine) firstLine = line;
    if (line > lastLine) lastLine = line;
  }
  return { firstLine, lastLine };
}

function bySeverityAndLine(a: Found, b: Found): number {
  return rankOf(a.finding.severity) - rankOf(b.finding.severity) || a.line - b.line;
}
