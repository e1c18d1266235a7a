import type { Evidence } from '../../report.ts';
import { BoundedMap } from '../bounded-map.ts';
import { networkOf } from '../networks.ts';
import { defineObserver } from '../observer.ts';
import { shortened } from '../wording.ts';
import { evidenceOf, PEERS, SHOWN, sourceOf } from './failed-logins.ts';

const NAMES = 8;
const TRIES_EACH = 2;
const NETWORKS = 5;
const HOUR_MS = 3_600_000;
const REMEMBERED = 200;

interface Tries {
  readonly name: string;
  /** Other ends (names of an address, networks of a name), with their number of tries. */
  readonly others: Map<string, number>;
  firstMs: number | null;
  lastMs: number | null;
  readonly evidence: Evidence[];
}

/** A few tries each on many names, or from many networks on one name. */
export default defineObserver<{ source: string | null; user: string | null; others: number }>({
  id: 'password-spraying',
  group: 'login',
  title: 'few tries each on many accounts, or from many networks',
  severity: 'warning',
  references: ['RFC 2577 section 5'],
  explanation:
    'An address tries one or two passwords on each of many names, or many networks try the same name. Limits on failed logins for each account or address do not see that.',
  remedies: [
    {
      side: 'server',
      text: 'Ban by network, require TLS with client certificates or long passwords, and rename common accounts.',
    },
  ],
  observe() {
    const create = (name: string): Tries => ({ name, others: new Map(), firstMs: null, lastMs: null, evidence: [] });
    const bySource = new BoundedMap<Tries>(PEERS, create);
    const byUser = new BoundedMap<Tries>(PEERS, create);
    return {
      row(row) {
        const source = sourceOf(row);
        if (source === null) return;
        for (const login of row.failedLogins) {
          if (login.user === null) continue;
          note(bySource.of(source), login.user, login.atMs, evidenceOf(row, login));
          note(byUser.of(login.user), networkOf(row.peer!) ?? source, login.atMs, evidenceOf(row, login));
        }
      },
      *end() {
        for (const { name, others, evidence } of bySource.values()) {
          if (others.size < NAMES || [...others.values()].some((tries) => tries > TRIES_EACH)) continue;
          yield {
            evidence,
            data: { source: name, user: null, others: others.size },
            side: 'client',
            certainty: 'likely',
          };
        }
        for (const { name, others, evidence, firstMs, lastMs } of byUser.values()) {
          if (others.size < NETWORKS || firstMs === null || lastMs === null || lastMs - firstMs > HOUR_MS) continue;
          yield {
            evidence,
            data: { source: null, user: name, others: others.size },
            side: 'client',
            certainty: 'likely',
          };
        }
      },
    };
  },
  message: ({ source, user, others }) =>
    source !== null
      ? `${source} tried ${others}${others >= REMEMBERED ? ' or more' : ''} user names, a few times each.`
      : `${others} networks tried the name "${shortened(user ?? '', 60)}" within an hour.`,
});

function note(tries: Tries, other: string, atMs: number | null, evidence: Evidence): void {
  const known = tries.others.get(other);
  if (known !== undefined || tries.others.size < REMEMBERED) tries.others.set(other, (known ?? 0) + 1);
  if (tries.evidence.length < SHOWN) tries.evidence.push(evidence);
  if (atMs === null) return;
  tries.firstMs ??= atMs;
  tries.lastMs = atMs;
}
