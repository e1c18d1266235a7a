import { limits } from '../../limits.ts';
import type { PairedSessions } from '../../pairing/paired.ts';
import { type Evidence, type Finding, SEVERITIES } from '../../report.ts';
import type { Session } from '../../sessions/session.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { textOf } from '../line-texts.ts';
import { remediesFor } from '../remedies.ts';
import { type Attribution, attributionsOf } from '../transfers/attribution.ts';
import { brokenInWords } from '../transfers/broken-transfer.ts';
import type { PairDiagnosis, PairFact, PairShown } from './pair-diagnosis.ts';

const CERTAINTIES = ['possible', 'likely', 'certain'] as const;

/**
 * What both records of a session show together, most severe first. Where they decide what became of a transfer that the
 * server's record alone could only guess at, the diagnosis of that name is among the findings; `single` are those to choose from.
 */
export function diagnosePair(
  sessions: PairedSessions,
  diagnoses: readonly PairDiagnosis[],
  single: readonly Diagnosis[],
): readonly Finding[] {
  const findings: Finding[] = [];
  const nextKey = () => `${sessions.id}.${findings.length + 1}`;
  let guesses: Map<number, Attribution> | null = null;
  for (const diagnosis of diagnoses)
    for (const fact of diagnosis.detect(sessions)) {
      const finding = write(sessions, diagnosis, fact, nextKey());
      findings.push(finding);
      if (fact.decides == null || fact.transfer == null) continue;
      guesses ??= new Map(Array.from(attributionsOf(sessions.server), (guess) => [guess.index, guess]));
      const guess = guesses.get(fact.transfer.serverIndex);
      const better = single.find(({ id }) => id === `transfer-426-${fact.decides?.verdict}`);
      if (guess !== undefined && better !== undefined && isBetter(fact, guess))
        findings.push(decided(sessions, better, guess, finding, fact.decides.told, nextKey()));
    }
  return findings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

function write(sessions: PairedSessions, diagnosis: PairDiagnosis, fact: PairFact<unknown>, key: string): Finding {
  const { transfer } = fact;
  return {
    key,
    id: diagnosis.id,
    severity: fact.severity ?? diagnosis.severity,
    session: transfer == null ? null : sessions.server.id,
    transfer: transfer?.serverIndex ?? null,
    dataConnection: null,
    pair: sessions.id,
    message: diagnosis.message(fact.data),
    cause: { side: fact.side, certainty: fact.certainty },
    evidence: [...evidenceOf(sessions.client, fact.client), ...evidenceOf(sessions.server, fact.server)],
    remedies: remediesFor(fact.remedies ?? diagnosis.remedies, sessions.server),
    references: diagnosis.references,
    causedBy: null,
    wouldDecide: fact.wouldDecide ?? null,
  };
}

function isBetter({ decides, certainty }: PairFact<unknown>, guess: Attribution): boolean {
  return decides!.verdict !== guess.verdict || CERTAINTIES.indexOf(certainty) > CERTAINTIES.indexOf(guess.certainty);
}

/** What the server's record could only guess at, with both records. */
function decided(
  sessions: PairedSessions,
  diagnosis: Diagnosis,
  guess: Attribution,
  by: Finding,
  told: string,
  key: string,
): Finding {
  const replaces = sessions.serverGuesses.find(({ transfer }) => transfer === guess.index);
  return {
    ...by,
    key,
    id: diagnosis.id,
    severity: diagnosis.severity,
    dataConnection: guess.transfer.dataConnection,
    message: `${brokenInWords(guess)}. ${told}`,
    remedies: remediesFor(diagnosis.remedies, sessions.server),
    references: diagnosis.references,
    causedBy: by.key,
    ...(replaces === undefined ? {} : { replaces: replaces.key }),
  };
}

function evidenceOf(session: Session, shown: readonly (PairShown | null)[]): Evidence[] {
  const evidence: Evidence[] = [];
  for (const one of shown)
    if (one !== null && evidence.length < limits.evidence) {
      const text = 'order' in one ? textOf(one) : one.text;
      if (!evidence.some(({ line }) => line === one.line))
        evidence.push({ input: session.input, line: one.line, text });
    }
  return evidence;
}
