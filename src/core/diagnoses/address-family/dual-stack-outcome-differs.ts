import type { Evidence } from '../../report.ts';
import { BoundedMap } from '../bounded-map.ts';
import { defineObserver } from '../observer.ts';
import { familyInWords } from '../wording.ts';

const ENOUGH = 5;
const DIFFERENCE = 0.3;
const SERVERS = 1000;
const SHOWN = 4;

interface Tally {
  sessions: number;
  worked: number;
  readonly evidence: Evidence[];
}

/** Transfers work over one family and not over the other. */
export default defineObserver<{ worse: 'ipv4' | 'ipv6'; worseShare: number; betterShare: number }>({
  id: 'dual-stack-outcome-differs',
  group: 'address-family',
  title: 'transfers that work over one address family only',
  severity: 'warning',
  references: ['RFC 2428 section 3'],
  explanation:
    'Sessions over one address family mostly transfer, over the other mostly do not. Usually the passive ports are open in the firewall for one family only.',
  remedies: [{ side: 'network', text: 'Open the passive range in the firewall for IPv4 and for IPv6.' }],
  observe() {
    const create = () => ({
      ipv4: { sessions: 0, worked: 0, evidence: [] } as Tally,
      ipv6: { sessions: 0, worked: 0, evidence: [] } as Tally,
    });
    const servers = new BoundedMap(SERVERS, create);
    return {
      row(row) {
        // What matters is whether data connections come about, so that sessions which tried none do not count.
        if (row.family === 'unknown' || row.vantage !== 'server') return;
        if (row.completed === 0 && row.unreachedLine === 0) return;
        const tally = servers.of(String(row.input))[row.family];
        tally.sessions++;
        if (row.completed > 0) tally.worked++;
        else if (tally.evidence.length < SHOWN)
          tally.evidence.push({ input: row.input, line: row.unreachedLine, text: row.unreachedText });
      },
      *end() {
        for (const { ipv4, ipv6 } of servers.values()) {
          if (ipv4.sessions < ENOUGH || ipv6.sessions < ENOUGH) continue;
          const shares = { ipv4: ipv4.worked / ipv4.sessions, ipv6: ipv6.worked / ipv6.sessions };
          if (Math.abs(shares.ipv4 - shares.ipv6) <= DIFFERENCE) continue;
          const worse = shares.ipv4 < shares.ipv6 ? 'ipv4' : 'ipv6';
          const better = worse === 'ipv4' ? 'ipv6' : 'ipv4';
          yield {
            evidence: (worse === 'ipv4' ? ipv4 : ipv6).evidence,
            data: { worse, worseShare: shares[worse], betterShare: shares[better] },
            side: 'network',
            certainty: 'likely',
          };
        }
      },
    };
  },
  message: ({ worse, worseShare, betterShare }) =>
    `Data connections work in ${percent(worseShare)} of the sessions over ${familyInWords(worse)}, and in ${percent(betterShare)} over ${familyInWords(worse === 'ipv4' ? 'ipv6' : 'ipv4')}.`,
});

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
