import { listed } from '../diagnoses/wording.ts';
import type { Evidence } from './evidence.ts';
import type { Fingerprint } from './fingerprint.ts';

/** Points of a first port in common where the server hardly uses one twice. */
export const RARE_PORT = 9;
const NEXT_PORT = 5;
const PORTS_MOST = 24;

/** Ports are nearly random: two that agree in order hardly agree by chance. `worth`: points of the first. */
export function weighPorts(a: Fingerprint, b: Fingerprint, worth: number, evidence: Evidence): void {
  const client = a.ports;
  const server = b.ports;
  if (client.length === 0 || server.length === 0) return;
  const common = commonInOrder(client, server);
  if (common.length === 0) {
    // Address translation knows 227 and PORT; hardly anything changes 229 and EPRT (RFC 2428 section 1).
    const translated = a.dataAddress !== null && b.dataAddress !== null && a.dataAddress !== b.dataAddress;
    evidence.add(translated ? -4 : -14, () => 'No port of a data connection is in both.');
    return;
  }
  const missed = Math.min(client.length, server.length) - common.length;
  evidence.add(Math.min(PORTS_MOST, worth + NEXT_PORT * (common.length - 1)) - Math.min(9, 3 * missed), () =>
    common.length === 1
      ? `Port ${common[0]} of a data connection is in both.`
      : `${common.length} ports of data connections are in both, in the same order, among them ${listed(common.slice(0, 3).map(String))}.`,
  );
}

/** Longest common subsequence; a session's ports are few. */
function commonInOrder(a: readonly number[], b: readonly number[]): number[] {
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i * width + j] =
        a[i] === b[j]
          ? length[(i + 1) * width + j + 1]! + 1
          : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
  const common: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; )
    if (a[i] === b[j]) {
      common.push(a[i++]!);
      j++;
    } else if (length[(i + 1) * width + j]! >= length[i * width + j + 1]!) i++;
    else j++;
  return common;
}

/** Which ports a side's records name, to see how much one that two of them share means. */
export class PortCensus {
  private readonly seen = new Uint8Array(65_536);
  private total = 0;
  private distinct = 0;

  add(port: number): void {
    this.total++;
    if (this.seen[port & 0xffff] === 0) this.distinct++;
    this.seen[port & 0xffff] = 1;
  }

  /** Points of a port in common: the oftener ports come again, the fewer. */
  get worth(): number {
    return this.total === 0 ? RARE_PORT : RARE_PORT * (0.2 + (0.8 * this.distinct) / this.total);
  }
}
