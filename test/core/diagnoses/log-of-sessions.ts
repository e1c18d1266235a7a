import { Analysis, type Totals } from '../../../src/core/analysis.ts';
import { copyFinding } from '../../../src/core/diagnoses/copy-finding.ts';

import type { Finding } from '../../../src/core/report.ts';

/** Lines of a FileZilla Server 0.9 log for one session; `+N` before a line lets N seconds pass. */
export function sessionLines(id: number, peer: string, dialogue: readonly string[]): string[] {
  const lines = [
    'Connected on port 21, sending welcome message...',
    '220 Ready',
    'AUTH TLS',
    '234 Using authentication type TLS',
    'TLS connection established',
    'USER anna',
    '331 Password required for anna',
    'PASS ****',
    '230 Logged on',
    'PBSZ 0',
    '200 PBSZ=0',
    'PROT P',
    '200 Protection level set to P',
    ...dialogue,
    'disconnected.',
  ];
  let seconds = 8 * 3600 + id * 60;
  return lines.map((line) => {
    const wait = /^\+(\d+) /.exec(line);
    if (wait !== null) seconds += Number(wait[1]);
    const time = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) =>
      String(Math.floor(part)).padStart(2, '0'),
    );
    const text = line.slice(wait?.[0].length ?? 0);
    return `(${String(id).padStart(6, '0')}) 14.03.2019 ${time.join(':')} - anna (${peer})> ${text}`;
  });
}

/** What an analysis of the text says. */
export function analyse(text: string): { findings: Finding[]; verdicts: (string | null)[]; totals: Totals } {
  const findings: Finding[] = [];
  const verdicts: (string | null)[] = [];
  const analysis = new Analysis(
    {},
    {
      session(session, found) {
        findings.push(...found.map(copyFinding));
        verdicts.push(session.verdict);
      },
      end() {},
    },
  );
  analysis.open({ path: 'server.log', sizeBytes: null, compression: null });
  analysis.push(new TextEncoder().encode(text));
  analysis.close();
  const totals = analysis.end();
  findings.push(...totals.findings);
  return { findings, verdicts, totals };
}
