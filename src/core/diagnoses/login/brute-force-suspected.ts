import type { Evidence } from '../../report.ts';
import { BoundedMap } from '../bounded-map.ts';
import { defineObserver } from '../observer.ts';
import { counted, durationInWords } from '../wording.ts';
import { evidenceOf, PEERS, SHOWN, sourceOf } from './failed-logins.ts';

const BURST = 5;
const BURST_MS = 300_000;
const PER_DAY = 20;
const DAY_MS = 86_400_000;
/** Without times only a number tells; higher, because it may be many days. */
const UNTIMED = 20;
const USERS = 20;

interface Source {
  readonly name: string;
  count: number;
  readonly users: Set<string>;
  /** Times of the last failures. */
  readonly recent: number[];
  day: number;
  today: number;
  isBurst: boolean;
  isDaily: boolean;
  succeeded: boolean;
  firstMs: number | null;
  lastMs: number | null;
  readonly evidence: Evidence[];
}

/** Many failed logins from one source. */
export default defineObserver<{
  source: string;
  count: number;
  users: number;
  spanMs: number | null;
  succeeded: boolean;
}>({
  id: 'brute-force-suspected',
  group: 'login',
  title: 'many failed logins from one address',
  severity: 'warning',
  references: ['RFC 2577 section 5'],
  explanation:
    'One address tried many passwords in a short time. One user name at a steady interval is rather a forgotten job; many names, or tries in quick succession, are an attack.',
  remedies: [
    {
      side: 'server',
      text: 'Ban addresses after a few failed logins (autoban of FileZilla Server, fail2ban), and require TLS.',
    },
    { side: 'network', text: 'Let only known networks reach the port, if the users allow it.' },
  ],
  observe() {
    const sources = new BoundedMap<Source>(PEERS, (name) => ({
      name,
      count: 0,
      users: new Set(),
      recent: [],
      day: -1,
      today: 0,
      isBurst: false,
      isDaily: false,
      succeeded: false,
      firstMs: null,
      lastMs: null,
      evidence: [],
    }));
    return {
      row(row) {
        const name = sourceOf(row);
        if (name === null || row.failedLogins.length === 0) return;
        const source = sources.of(name);
        for (const login of row.failedLogins) {
          count(source, login.atMs);
          if (login.user !== null && source.users.size < USERS) source.users.add(login.user);
          if (source.evidence.length < SHOWN) source.evidence.push(evidenceOf(row, login));
        }
        if (row.login === 'accepted') source.succeeded = true;
      },
      *end() {
        for (const source of sources.values()) {
          const isUntimed = source.firstMs === null && source.count >= UNTIMED;
          if (!source.isBurst && !source.isDaily && !isUntimed) continue;
          // One name, now and then: more likely a job with an old password.
          if (!source.isBurst && source.users.size <= 1) continue;
          const spanMs = source.firstMs === null || source.lastMs === null ? null : source.lastMs - source.firstMs;
          const { name, count: total, users, succeeded } = source;
          yield {
            evidence: source.evidence,
            data: { source: name, count: total, users: users.size, spanMs, succeeded },
            severity: succeeded ? 'error' : 'warning',
            side: 'client',
            certainty: 'likely',
          };
        }
      },
    };
  },
  message: ({ source, count, users, spanMs, succeeded }) =>
    `${counted(count, 'failed login')} from ${source}${users > 1 ? ` with ${users}${users >= USERS ? ' or more' : ''} user names` : ''}${spanMs === null ? '' : ` within ${durationInWords(Math.max(spanMs, 1000))}`}${succeeded ? ', and one that was accepted in the end' : ''}.`,
});

function count(source: Source, atMs: number | null): void {
  source.count++;
  if (atMs === null) return;
  source.firstMs ??= atMs;
  source.lastMs = atMs;
  source.recent.push(atMs);
  if (source.recent.length > BURST) source.recent.shift();
  if (source.recent.length === BURST && atMs - source.recent[0]! <= BURST_MS) source.isBurst = true;
  const day = Math.floor(atMs / DAY_MS);
  source.today = day === source.day ? source.today + 1 : 1;
  source.day = day;
  if (source.today >= PER_DAY) source.isDaily = true;
}
