/**
 * Invents a busy server's log: the same dialogues as FileZilla Server 0.9 or 1.x would write them, from a seed, so that two runs
 * give the same bytes. Nothing of it was ever served; the truth about it is counted while it is written.
 *
 *     node test/bench/generate.mjs OUT [--lines N] [--format 0.9|1] [--ends usual|silent|endless] [--crlf] [--seed N]
 */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { randomFrom, Session } from './dialogue.mjs';

const OPEN_SESSIONS = 24;
const FLUSH_CHARACTERS = 1 << 20;
/** How many times the server restarts, so that ids begin anew. */
const RESTARTS = 3;
const START_MS = Date.UTC(2018, 5, 11, 6, 0, 0);

const two = (number) => String(number).padStart(2, '0');

/** How a step stands in the log; null for what this generation does not log. */
const RENDER = {
  0.9: {
    started: () => [
      'FileZilla Server 0.9.60 beta started',
      'Initializing Server.',
      'Creating listen socket on port 21...',
      'Server online.',
    ],
    stamp(ms) {
      const t = new Date(ms);
      const date = `${t.getUTCMonth() + 1}/${t.getUTCDate()}/${t.getUTCFullYear()}`;
      const half = t.getUTCHours() < 12 ? 'AM' : 'PM';
      return `${date} ${t.getUTCHours()}:${two(t.getUTCMinutes())}:${two(t.getUTCSeconds())} ${half}`;
    },
    step: ({ id, user, peer }, { text, known }, stamp) =>
      `(${String(id).padStart(6, '0')}) ${stamp} - ${known ? user : '(not logged in)'} (${peer})> ${text}`,
  },
  1: {
    started: (stamp) => [
      `${stamp} == ===== FileZilla Server 1.7.3 new logging started =====`,
      `${stamp} == [FTP Server] Listening on 0.0.0.0:21 [Explicit FTP over TLS and insecure plain FTP].`,
    ],
    stamp: (ms) => new Date(ms).toISOString(),
    step({ id, user, peer }, { kind, text, known }, stamp) {
      if (kind === 'inner') return null;
      if (kind === 'remark')
        return text === 'disconnected.' ? `${stamp} == [FTP Server] Session ${id} ended gracefully.` : null;
      return `${stamp} ${kind === 'command' ? '>>' : '<<'} [FTP Session ${id} ${peer}${known ? ` ${user}` : ''}] ${text}`;
    },
  },
};

/**
 * Writes a log to `path` and returns the truth about it. `lines`: as many as 0.9 writes of these dialogues; 1.x says less of the
 * same ones.
 */
export function generateLog(path, { lines, format = '0.9', ends = 'usual', crlf = false, seed = 1 }) {
  const random = randomFrom(seed);
  const render = RENDER[format];
  const output = new Output(path, crlf ? '\r\n' : '\n');
  const truth = {
    lines: 0,
    sessions: 0,
    transfers: { completed: 0, aborted: 0, failed: 0, unfinished: 0 },
    said: { 226: 0, 426: 0, EPSV: 0, PASV: 0 },
  };
  let now = START_MS;
  let stamp = render.stamp(now);
  let lastId = 0;
  let open = [];
  let steps = 0;

  const write = (line) => {
    output.write(line);
    truth.lines++;
  };
  const start = () => {
    lastId = 0;
    open = [];
    for (const line of render.started(stamp)) write(line);
  };
  const play = (session) => {
    const step = session.next();
    steps++;
    if (step.outcome) truth.transfers[step.outcome]++;
    const line = render.step(session, step, stamp);
    if (line === null) return step;
    if (!session.isLogged) truth.sessions++;
    session.isLogged = true;
    const word = /^(?:226|426)(?= )|^(?:EPSV|PASV)/.exec(step.text);
    if (word !== null) truth.said[word[0]]++;
    write(line);
    return step;
  };

  start();
  for (let restarts = 0; steps < lines; ) {
    while (open.length < OPEN_SESSIONS) open.push(Object.assign(new Session(random, format, ends), { id: ++lastId }));
    const session = open[Math.floor(random() * open.length)];
    // A server answers at once what needs no data: a command and its first reply stand together, in the same second.
    let follows = false;
    do {
      if (!follows && random() < 0.15) {
        now += 500 + Math.floor(random() * 1000);
        stamp = render.stamp(now);
      }
      follows = play(session).follows === true;
    } while (!session.isOver && steps < lines && (follows || random() < 0.5));
    if (session.isOver) open.splice(open.indexOf(session), 1);
    if (ends === 'usual' && restarts < RESTARTS && steps > ((restarts + 1) * lines) / (RESTARTS + 1)) {
      restarts++;
      // What a restart does to a transfer under way the log does not say: none is under way here.
      for (const each of open) while (each.isTransferring) play(each);
      start();
    }
  }
  for (const session of open) if (session.isTransferring) truth.transfers.unfinished++;
  output.close();
  return truth;
}

class Output {
  constructor(path, lineEnd) {
    this.file = openSync(path, 'w');
    this.lineEnd = lineEnd;
    this.text = '';
  }

  write(line) {
    this.text += line + this.lineEnd;
    if (this.text.length >= FLUSH_CHARACTERS) this.flush();
  }

  flush() {
    const bytes = Buffer.from(this.text);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.file, bytes, written);
    this.text = '';
  }

  close() {
    this.flush();
    closeSync(this.file);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      lines: { type: 'string', default: '1000000' },
      format: { type: 'string', default: '0.9' },
      ends: { type: 'string', default: 'usual' },
      crlf: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
    },
  });
  const path = positionals[0];
  const { lines, seed, ...rest } = values;
  const truth = generateLog(path, { lines: Number(lines), seed: Number(seed), ...rest });
  writeFileSync(`${path}.truth.json`, `${JSON.stringify(truth, null, 1)}\n`);
  console.log(JSON.stringify(truth));
}
