import { describe, expect, it } from 'vitest';
import { textOf } from '../../../src/core/bytes/text.ts';
import { classifyAddress } from '../../../src/core/ftp/addresses.ts';
import { NAMELESS_USERS, WORDS } from '../../../src/core/redact/vocabulary.ts';
import type { Report } from '../../../src/core/report.ts';
import { analyse } from '../../../src/index.ts';
import { fixtureFiles } from '../../fixture-files.ts';
import { redactBytes } from './redacted.ts';

const analyseOne = (bytes: Uint8Array) => analyse([{ path: 'a.log', bytes }]);

/** Names by the order in which they come, free texts left out: what two reports of the same events share. */
function skeletonOf(report: Report): unknown {
  const labels = new Map<string, string>();
  const label = (text: string) => {
    if (!labels.has(text)) labels.set(text, `#${labels.size}`);
    return labels.get(text);
  };
  const walk = (value: unknown, field: string): unknown => {
    if (typeof value === 'string') {
      if (/^(?:text|message|argument|banner|subject|issuer|verdict|note|verifyResult|why|reasons)$/.test(field))
        return null;
      if (/^(?:user|address|path|fullPath)$/.test(field)) return label(value);
      return value;
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, field));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
  };
  const { sessions, inputs, findings, groups } = report;
  return {
    sessions: walk(sessions, ''),
    transcripts: walk(inputs[0]!.transcripts, ''),
    findings: findings.map(({ key, id, severity, evidence, cause }) => [
      key,
      id,
      severity,
      cause,
      evidence.map(({ line }) => line),
    ]),
    groups: groups.map(({ id, count, sessions }) => [id, count, sessions]),
  };
}

/** Names that the report holds and that tell somebody or something apart. */
function namesOf(report: Report): string[] {
  const names = new Set<string>();
  for (const session of report.sessions) {
    if (session.user !== null && !NAMELESS_USERS.has(session.user)) names.add(session.user);
    const places: { readonly address: string | null }[] = [session.client, session.server, ...session.connectAttempts];
    for (const { endpoint, connectedTo } of session.dataConnections) places.push(endpoint, connectedTo ?? endpoint);
    for (const { address } of places) {
      const range = classifyAddress(address ?? '').range;
      if (address !== null && range !== 'loopback' && range !== 'reserved' && address !== 'localhost')
        names.add(address);
    }
    for (const { path } of session.transfers) for (const part of path?.split(/[/\\]/) ?? []) names.add(part);
  }
  return [...names].filter((name) => name.length > 3 && /[A-Za-z.:]/.test(name) && !WORDS.has(name.toLowerCase()));
}

describe('the redacted copy', { timeout: 60_000 }, () => {
  it.each(fixtureFiles)('of $name gives the same report but for the pseudonyms, and holds no name', ({ bytes }) => {
    const report = analyseOne(bytes);
    if (report.sessions.length === 0) return;
    const copy = redactBytes(bytes);
    expect(skeletonOf(analyseOne(copy))).toEqual(skeletonOf(report));
    const text = textOf(copy, 0, copy.length);
    const left = namesOf(report).filter((name) => {
      const at = text.indexOf(name);
      return at >= 0 && !/[\w.]/.test(text[at - 1] ?? '') && !/\w/.test(text[at + name.length] ?? '');
    });
    expect(left).toEqual([]);
  });
});
