import type { Evidence } from '../../report.ts';
import { BoundedMap } from '../bounded-map.ts';
import { networkOf } from '../networks.ts';
import { defineObserver } from '../observer.ts';
import { counted } from '../wording.ts';

const ENOUGH = 2;
const PEERS = 20_000;
const SHOWN = 4;

interface Peer {
  readonly network: string;
  clearWorked: number;
  clearFailed: number;
  tlsWorked: number;
  tlsFailed: number;
  readonly evidence: Evidence[];
}

/** Data connections work in clear and fail under TLS. */
export default defineObserver<{ network: string; worked: number; failed: number }>({
  id: 'alg-breaks-when-encrypted',
  group: 'passive',
  title: 'data connections that work without TLS only',
  severity: 'error',
  references: ['RFC 4217 sections 5 and 15.3'],
  explanation:
    'The same clients transfer in clear and fail under TLS. A helper in the NAT or firewall reads the dialogue, changes the address in it and opens the ports; it cannot read an encrypted one. The server was never set up for its NAT.',
  remedies: [
    { side: 'server', text: 'Announce the public address and use a fixed passive range, open and forwarded.' },
    { side: 'network', text: 'Do not depend on the FTP helper; do not use CCC to help it.' },
  ],
  observe() {
    const peers = new BoundedMap<Peer>(PEERS, (network) => ({
      network,
      clearWorked: 0,
      clearFailed: 0,
      tlsWorked: 0,
      tlsFailed: 0,
      evidence: [],
    }));
    return {
      row(row) {
        const network = row.peer === null ? null : networkOf(row.peer);
        if (network === null || row.isEncrypted === null) return;
        const failed = row.completed === 0 && row.unreachedLine > 0;
        if (row.completed === 0 && !failed) return;
        const peer = peers.of(`${network}`);
        if (row.isEncrypted) failed ? peer.tlsFailed++ : peer.tlsWorked++;
        else failed ? peer.clearFailed++ : peer.clearWorked++;
        if (failed && row.isEncrypted && peer.evidence.length < SHOWN)
          peer.evidence.push({ input: row.input, line: row.unreachedLine, text: row.unreachedText });
      },
      *end() {
        for (const { network, clearWorked, clearFailed, tlsWorked, tlsFailed, evidence } of peers.values()) {
          if (clearWorked < ENOUGH || tlsFailed < ENOUGH || tlsWorked > 0 || clearFailed > 0) continue;
          yield {
            evidence,
            data: { network, worked: clearWorked, failed: tlsFailed },
            side: 'network',
            certainty: 'likely',
          };
        }
      },
    };
  },
  message: ({ network, worked, failed }) =>
    `From ${network} ${counted(worked, 'session')} in clear transferred, and ${counted(failed, 'session')} under TLS found no data connection: a helper in the network that cannot read TLS had done the work.`,
});
