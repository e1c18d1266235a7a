import type { Evidence } from '../../report.ts';
import { BoundedMap } from '../bounded-map.ts';
import { defineObserver } from '../observer.ts';
import { counted, durationInWords } from '../wording.ts';

const ENOUGH = 10;
const WINDOW_MS = 300_000;
const KEYS = 20_000;
const SHOWN = 4;

interface Client {
  readonly source: string;
  /** Starts of the last sessions with one transfer at most. */
  readonly recent: number[];
  most: number;
  sessions: number;
  overheadMs: number;
  evidence: Evidence[];
}

/** A login for each file. */
export default defineObserver<{ source: string; most: number; sessions: number; perSessionMs: number | null }>({
  id: 'wasteful-reconnects',
  group: 'health',
  title: 'new login for each file',
  severity: 'notice',
  references: ['curl manual (connection reuse)'],
  explanation:
    'One client opens a session for each file. Connecting, TLS and login take longer than small files do, and limits of connections are reached sooner.',
  remedies: [
    {
      side: 'client',
      text: 'Give one curl command all URLs (or -K FILE), or use a client that mirrors folders (lftp).',
    },
  ],
  observe() {
    const clients = new BoundedMap<Client>(KEYS, (source) => ({
      source,
      recent: [],
      most: 0,
      sessions: 0,
      overheadMs: 0,
      evidence: [],
    }));
    return {
      row(row) {
        if (row.vantage !== 'server' || row.peer === null || row.startMs === null) return;
        if (row.transfers !== 1 || row.login !== 'accepted') return;
        const client = clients.of(row.user === null ? row.peer : `${row.peer} as "${row.user}"`);
        client.sessions++;
        client.recent.push(row.startMs);
        if (client.recent.length > 1000) client.recent.shift();
        while (row.startMs - client.recent[0]! > WINDOW_MS) client.recent.shift();
        client.most = Math.max(client.most, client.recent.length);
        if (row.endMs !== null) client.overheadMs += row.endMs - row.startMs;
        if (client.evidence.length < SHOWN)
          client.evidence.push({ input: row.input, line: row.firstLine, text: row.firstText });
      },
      *end() {
        for (const { source, most, sessions, overheadMs, evidence } of clients.values()) {
          if (most < ENOUGH) continue;
          const perSessionMs = overheadMs === 0 ? null : overheadMs / sessions;
          yield { evidence, data: { source, most, sessions, perSessionMs }, side: 'client', certainty: 'certain' };
        }
      },
    };
  },
  message: ({ source, most, sessions, perSessionMs }) =>
    `${source} opened ${counted(most, 'session')} within five minutes, each for one transfer${sessions > most ? ` (${sessions} such sessions in all)` : ''}${perSessionMs === null ? '' : `, of ${durationInWords(perSessionMs)} each on average`}.`,
});
