import { beyondZones, type ClockComparison } from './clocks.ts';
import type { Evidence } from './evidence.ts';
import type { Fingerprint } from './fingerprint.ts';

/** Clocks that stand nearly alike, or whole zones apart. */
export function weighClocks(
  client: Fingerprint,
  server: Fingerprint,
  compared: ClockComparison,
  evidence: Evidence,
): void {
  if (compared === 'contradictory') {
    evidence.add(-8, () => 'The times do not go together.');
    return;
  }
  if (compared === null) {
    weighStarts(client, server, evidence);
    return;
  }
  if (compared.pauses > 0) evidence.add(Math.min(6, 2 * compared.pauses), () => 'Both pause at the same places.');
  const apart = Math.max(0, Math.abs(compared.ms) - compared.plusMinusMs);
  weighDistance(
    apart,
    Math.max(0, Math.abs(beyondZones(compared.ms)) - compared.plusMinusMs),
    compared.daysUnknown,
    evidence,
  );
}

/** Only the starts can be compared: the client's record has few times. */
function weighStarts(client: Fingerprint, server: Fingerprint, evidence: Evidence): void {
  if (client.startMs === null || server.startMs === null || !client.dated || !server.dated) return;
  const apart = Math.max(
    0,
    Math.abs(server.startMs - client.startMs) - Math.max(client.resolutionMs, server.resolutionMs),
  );
  const residue = Math.max(0, Math.abs(beyondZones(server.startMs - client.startMs)) - 1000);
  weighDistance(apart, residue, false, evidence);
}

const HOUR_MS = 3_600_000;

function weighDistance(apartMs: number, residueMs: number, daysUnknown: boolean, evidence: Evidence): void {
  const less = daysUnknown ? 1 : 0;
  if (apartMs <= 2000) evidence.add(6 - less, () => 'By both clocks it was the same moment.');
  else if (apartMs <= 60_000) evidence.add(4 - less, () => 'By both clocks it was the same minute.');
  else if (residueMs <= 10_000 && apartMs <= 27 * HOUR_MS)
    evidence.add(3 - less, () => 'The clocks differ by a time zone.');
  else if (apartMs <= HOUR_MS) evidence.add(1, () => 'The times are less than an hour apart.');
  else evidence.add(-2, () => 'The times are far apart.');
}
