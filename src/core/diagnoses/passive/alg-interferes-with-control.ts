import type { Evidence } from '../../report.ts';
import { BoundedMap } from '../bounded-map.ts';
import { defineObserver } from '../observer.ts';
import { counted } from '../wording.ts';

const ENOUGH = 3;
const KEYS = 20_000;
const SHOWN = 4;
/** Commands that helpers look into. */
const LOOKED_AT: ReadonlySet<string> = new Set(['AUTH', 'PORT', 'EPRT', 'PASV', 'EPSV', 'PROT', 'PBSZ']);

interface Cut {
  readonly verb: string;
  readonly peer: string;
  cut: number;
  readonly evidence: Evidence[];
}

/** The control connection breaks at the same command each time. */
export default defineObserver<{ peer: string; verb: string; cut: number }>({
  id: 'alg-interferes-with-control',
  group: 'passive',
  title: 'control connection that always breaks at the same command',
  severity: 'error',
  references: ['RFC 4217 section 15.3'],
  explanation:
    'Sessions of the same client end at the same command without an answer and without a 421. A firewall that inspects FTP cuts connections whose dialogue it does not like; the FTP inspection of the Windows firewall is known to do so with TLS.',
  remedies: [
    {
      side: 'network',
      text: 'Switch FTP inspection off (Windows: netsh advfirewall set global StatefulFTP disable; Linux: unload nf_conntrack_ftp).',
    },
    { side: 'client', text: 'Try another port for the control connection, or implicit TLS.' },
  ],
  observe() {
    const cuts = new BoundedMap<Cut>(KEYS, (key) => {
      const at = key.indexOf(' ');
      return { verb: key.slice(0, at), peer: key.slice(at + 1), cut: 0, evidence: [] };
    });
    return {
      row(row) {
        const { unansweredVerb: verb, peer } = row;
        if (verb === null || peer === null || !LOOKED_AT.has(verb)) return;
        if (row.end !== 'dropped' && row.end !== 'closed') return;
        const cut = cuts.of(`${verb} ${peer}`);
        cut.cut++;
        if (cut.evidence.length < SHOWN) cut.evidence.push({ input: row.input, line: row.unansweredLine, text: verb });
      },
      *end() {
        for (const { verb, peer, cut, evidence } of cuts.values())
          if (cut >= ENOUGH) yield { evidence, data: { peer, verb, cut }, side: 'network', certainty: 'likely' };
      },
    };
  },
  message: ({ peer, verb, cut }) =>
    `${counted(cut, 'session')} with ${peer} broke off at ${verb} without an answer: a firewall that inspects FTP probably cuts them.`,
});
