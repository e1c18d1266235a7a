import { classifyAddress } from '../ftp/addresses.ts';
import type { Alignment } from './alignment.ts';
import { compareClocks } from './clocks.ts';
import { Evidence } from './evidence.ts';
import type { Fingerprint } from './fingerprint.ts';
import { weighClocks } from './weigh-clocks.ts';
import { weighDialogue } from './weigh-dialogue.ts';
import { weighPorts } from './weigh-ports.ts';
import { weighAmounts, weighNames, weighOutcomes } from './weigh-transfers.ts';

/** How to weigh. */
export interface Scales {
  /** Points of a port in common, {@link RARE_PORT} at most. */
  readonly portWorth: number;
  readonly withReasons: boolean;
}

/** Weighs two records against each other. */
export function weigh(client: Fingerprint, server: Fingerprint, alignment: Alignment, scales: Scales): Evidence {
  const evidence = new Evidence(scales.withReasons);
  weighPorts(client, server, scales.portWorth, evidence);
  weighAmounts(client, server, evidence);
  if (client.hasCommands && server.hasCommands) weighDialogue(client, server, alignment, evidence);
  else weighNames(client, server, evidence);
  weighOutcomes(client, server, evidence);
  weighUser(client, server, evidence);
  weighTls(client, server, evidence);
  if (client.greeting !== 0 && client.greeting === server.greeting) evidence.add(2, () => 'The greeting is the same.');
  weighAddresses(client, server, evidence);
  weighClocks(client, server, compareClocks(client, server, alignment), evidence);
  return evidence;
}

function weighUser({ user: a }: Fingerprint, { user: b }: Fingerprint, evidence: Evidence): void {
  if (a === null || b === null) return;
  if (a.trim().toLowerCase() !== b.trim().toLowerCase())
    evidence.add(-10, () => `The users differ: "${a}" on the client's side, "${b}" on the server's.`);
  else evidence.add(/^(?:anonymous|ftp)$/i.test(a.trim()) ? 1 : 4, () => `The user is "${a.trim()}" in both.`);
}

function weighTls({ tls: a }: Fingerprint, { tls: b }: Fingerprint, evidence: Evidence): void {
  if (a === 'unknown' || b === 'unknown') return;
  if (a !== b) evidence.add(-15, () => `TLS differs: ${a} on the client's side, ${b} on the server's.`);
  else if (a !== 'none') evidence.add(1.5, () => `Both use ${a} TLS.`);
}

/** Addresses, where translation has not changed them. */
function weighAddresses(client: Fingerprint, server: Fingerprint, evidence: Evidence): void {
  const { clientAddress: own } = client;
  const { clientAddress: seen } = server;
  if (client.family !== 'unknown' && server.family !== 'unknown' && client.family !== server.family)
    evidence.add(
      -5,
      () => `The control connection is ${client.family} for the client, ${server.family} for the server.`,
    );
  if (own !== null && seen !== null) {
    const a = classifyAddress(own);
    const b = classifyAddress(seen);
    if (a.range !== null && a.plain === b.plain)
      evidence.add(
        a.range === 'loopback' ? 0.5 : a.range === 'public' ? 4 : 2,
        () => `The client's address is ${own} in both.`,
      );
    else if (a.range === 'public' && b.range === 'public' && a.family === b.family)
      evidence.add(-3, () => `The client calls itself ${own}, the server saw ${seen}.`);
  }
  if (client.clientPort !== null && client.clientPort === server.clientPort)
    evidence.add(10, () => `The control connection comes from port ${client.clientPort} in both.`);
}
