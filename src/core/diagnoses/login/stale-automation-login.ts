import type { Evidence } from '../../report.ts';
import { BoundedMap } from '../bounded-map.ts';
import { defineObserver } from '../observer.ts';
import { durationInWords, shortened } from '../wording.ts';
import { evidenceOf, PEERS, SHOWN, sourceOf } from './failed-logins.ts';

const ENOUGH = 6;
const STEADY = 0.2;
const SHORTEST_MS = 20_000;

interface Job {
  readonly source: string;
  readonly user: string;
  lastMs: number | null;
  /** Of the intervals: number, sum, sum of squares. */
  intervals: number;
  sumMs: number;
  squares: number;
  readonly evidence: Evidence[];
}

/** A job that goes on logging in with a password that is no longer right. */
export default defineObserver<{ source: string; user: string; tries: number; everyMs: number }>({
  id: 'stale-automation-login',
  group: 'login',
  title: 'job with an old password',
  severity: 'warning',
  references: ['RFC 959 section 5.4 (530)'],
  explanation:
    'The same name is refused from the same address at a steady interval. A script or program still uses a password that was changed.',
  remedies: [
    { side: 'client', text: 'Give the job the new password, or switch it off.' },
    { side: 'server', text: 'Mind that a ban of the address hits everybody behind the same NAT.' },
  ],
  observe() {
    const jobs = new BoundedMap<Job>(PEERS, (key) => {
      const at = key.indexOf(' ');
      return {
        source: key.slice(0, at),
        user: key.slice(at + 1),
        lastMs: null,
        intervals: 0,
        sumMs: 0,
        squares: 0,
        evidence: [],
      };
    });
    return {
      row(row) {
        const source = sourceOf(row);
        if (source === null || row.user === null) return;
        if (row.failedLogins.length === 0) return;
        for (const login of row.failedLogins) {
          // A mistyped password that was corrected is no job.
          if (login.user === null || login.atMs === null || row.login === 'accepted') continue;
          const job = jobs.of(`${source} ${login.user}`);
          if (job.lastMs !== null && login.atMs >= job.lastMs) {
            const interval = login.atMs - job.lastMs;
            job.intervals++;
            job.sumMs += interval;
            job.squares += interval * interval;
          }
          job.lastMs = login.atMs;
          if (job.evidence.length < SHOWN) job.evidence.push(evidenceOf(row, login));
        }
      },
      *end() {
        for (const { source, user, intervals, sumMs, squares, evidence } of jobs.values()) {
          if (intervals + 1 < ENOUGH) continue;
          const mean = sumMs / intervals;
          const deviation = Math.sqrt(Math.max(0, squares / intervals - mean * mean));
          if (mean < SHORTEST_MS || deviation > STEADY * mean) continue;
          yield {
            evidence,
            data: { source, user, tries: intervals + 1, everyMs: mean },
            side: 'client',
            certainty: 'likely',
          };
        }
      },
    };
  },
  message: ({ source, user, tries, everyMs }) =>
    `"${shortened(user, 60)}" was refused ${tries} times from ${source}, about every ${durationInWords(everyMs)}: most likely a job with an old password.`,
});
