import { grouped, listed } from '../diagnoses/wording.ts';
import type { Evidence } from './evidence.ts';
import type { Fingerprint } from './fingerprint.ts';

const AMOUNTS_MOST = 14;

/** Byte counts in both: of SIZE, of the 1yz reply, or counted. */
export function weighAmounts(client: Fingerprint, server: Fingerprint, evidence: Evidence): void {
  const known = new Set(amountsOf(server));
  const common = [...new Set(amountsOf(client))].filter((bytes) => known.has(bytes)).sort((a, b) => b - a);
  let points = 0;
  for (const bytes of common) points += bytes >= 100_000 ? 6 : bytes >= 1000 ? 4 : bytes >= 10 ? 2 : 0.5;
  if (points > 0)
    evidence.add(Math.min(AMOUNTS_MOST, points), () =>
      common.length === 1
        ? `Both name a size of ${grouped(common[0]!)} bytes.`
        : `${common.length} byte counts are in both, among them ${listed(common.slice(0, 3).map(grouped))}.`,
    );
  const sizes = new Map(server.sizes.map(({ name, bytes }) => [name, bytes]));
  const other = client.sizes.find(({ name, bytes }) => sizes.has(name) && sizes.get(name) !== bytes);
  if (other !== undefined) evidence.add(-8, () => 'SIZE of the same file has different answers.');
  else if (common.length === 0 && client.sizes.length > 0 && server.sizes.length > 0)
    evidence.add(-4, () => 'The sizes differ.');
}

function amountsOf({ sizes, moved }: Fingerprint): number[] {
  const amounts = sizes.map(({ bytes }) => bytes);
  for (const { announced, bytes, direction } of moved) {
    if (announced !== null) amounts.push(announced);
    if (bytes !== null && direction !== 'listing') amounts.push(bytes);
  }
  return amounts.filter((bytes) => bytes > 0);
}

/** Names of files, where one record shows no commands. */
export function weighNames(client: Fingerprint, server: Fingerprint, evidence: Evidence): void {
  const named = (print: Fingerprint) => print.moved.filter(({ name }) => name !== 0);
  const a = named(client);
  const b = named(server);
  if (a.length === 0 || b.length === 0) return;
  const common = new Set(
    a
      .filter(({ name, direction }) => b.some((other) => other.name === name && other.direction === direction))
      .map(({ name }) => name),
  );
  if (common.size === 0) evidence.add(-6, () => 'No file is named in both.');
  else
    evidence.add(Math.min(10, 4 * common.size), () =>
      common.size === 1 ? 'The same file is named in both.' : `${common.size} files are named in both.`,
    );
}

/** How the transfers ended, where both records show the same number of them. */
export function weighOutcomes(
  { moved: client }: Fingerprint,
  { moved: server }: Fingerprint,
  evidence: Evidence,
): void {
  if (client.length !== server.length) return;
  let other = 0;
  let points = 0;
  client.forEach((a, index) => {
    const b = server[index]!;
    if (a.succeeded === null || b.succeeded === null || a.succeeded === b.succeeded) return;
    // What a client breaks off may have left the server already, and a verdict may come too late for it.
    if (!a.succeeded && a.bytes !== null && a.bytes > 0) return;
    other++;
    points += a.answered ? 8 : a.bytes === 0 ? 6 : 3;
  });
  if (other > 0) evidence.add(-Math.min(16, points), () => `${other} of ${client.length} transfers ended differently.`);
}
