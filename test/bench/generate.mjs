/**
 * Invents a busy server's log: the same dialogues as FileZilla Server 0.9 or 1.x would write them, from a seed, so that two runs
 * give the same bytes. Nothing of it was ever served; the truth about it is counted while it is written.
 *
 *     node test/bench/generate.mjs OUT [--lines N] [--format 0.9|1] [--crlf] [--seed N]
 */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const OPEN_SESSIONS = 24;
const FLUSH_BYTES = 1 << 20;
/** How many times the server restarts, so that ids begin anew. */
const RESTARTS = 3;
const START_MS = Date.UTC(2018, 5, 11, 6, 0, 0);

const USERS = ['anna', 'john doe', 'web_admin', 'backup (nas)', 'müller', 'o.neil', 'scan-user', 'пользователь'];
const FILES = ['report.pdf', 'photos/IMG_2041.JPG', 'backup 2018-06.zip', 'big.iso', 'naïve.txt', 'a"b.txt', 'x>y.log'];

/** A small fast generator (mulberry32): the same seed, the same log. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What the two generations of the server say. */
const WORDS = {
  0.9: {
    greeting: ['220-FileZilla Server 0.9.60 beta', '220-written by Tim Kosse (tim.kosse@filezilla-project.org)'],
    greetingEnd: '220 Please visit https://filezilla-project.org/',
    auth: '234 Using authentication type TLS',
    password: (user) => `331 Password required for ${user}`,
    loggedIn: '230 Logged on',
    refused: '530 Login or password incorrect!',
    features: [' MDTM', ' REST STREAM', ' SIZE', ' MLSD', ' AUTH TLS', ' UTF8', ' EPSV', ' EPRT'],
    pasvOnIpv6: '500 You are connected using IPv6. PASV is only for IPv4. You have to use the EPSV command instead.',
    begin: (what, path) => `150 Opening data channel for ${what} "/${path}"`,
    done: (path) => `226 Successfully transferred "/${path}"`,
    missing: '550 File not found',
    noData: (path) => `425 Can't open data connection for transfer of "/${path}"`,
    cut: (path) => `426 Connection closed; aborted transfer of "/${path}"`,
    stalled: (path) => `426 Connection timed out, aborting transfer of "/${path}"`,
    stopped: '426 Connection closed; transfer aborted.',
    aborted: '226 ABOR command successful',
    timedOut: '421 Connection timed out.',
    goodbye: '221 Goodbye',
  },
  1: {
    greeting: ['220-FileZilla Server 1.7.3'],
    greetingEnd: '220 Please visit https://filezilla-project.org/',
    auth: '234 Using authentication type TLS.',
    password: () => '331 Please, specify the password.',
    loggedIn: '230 Login successful.',
    refused: '530 Login incorrect.',
    features: [],
    pasvOnIpv6: '500 You are connected using IPv6. PASV is only for IPv4. You have to use the EPSV command instead.',
    begin: () => '150 About to start data transfer.',
    done: () => '226 Operation successful',
    missing: "550 Couldn't open the file or directory",
    noData: () => '425 Unable to build data connection: ECONNREFUSED - Connection refused by server',
    cut: () => '425 Error while transfering data: ECONNRESET - Connection reset by peer',
    stalled: () => '426 Data connection closed; transfer aborted.',
    stopped: '426 Data connection closed; transfer aborted.',
    aborted: '226 ABOR command successful.',
    timedOut: '421 Activity timeout.',
    goodbye: '221 Goodbye.',
  },
};

/**
 * One session as a list of steps: `text`, whether it is a `command`, `reply` or `remark`, whether the user is known by then, and
 * what it settles (`outcome` of the transfer at hand, `begins` one).
 */
function inventSession(random, words, isIpv6) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const chance = (share) => random() < share;
  const user = pick(USERS);
  const steps = [];
  let known = false;
  const say = (kind, text, more = {}) => steps.push({ kind, text, known, ...more });
  const exchange = (command, reply) => {
    say('command', command);
    say('reply', reply);
  };

  say('remark', 'Connected on port 21, sending welcome message...');
  for (const line of words.greeting) say('reply', line);
  say('reply', words.greetingEnd);
  const isTls = chance(0.6);
  if (isTls) {
    exchange('AUTH TLS', words.auth);
    say('remark', 'TLS connection established');
  }
  exchange(`USER ${user}`, words.password(user));
  say('command', 'PASS ****');
  if (chance(0.06)) {
    say('reply', words.refused);
    say('remark', 'disconnected.');
    return { user, steps };
  }
  known = true;
  say('reply', words.loggedIn);
  if (isTls) {
    exchange('PBSZ 0', '200 PBSZ=0');
    exchange('PROT P', '200 Protection level set to P');
  }
  if (chance(0.1)) {
    say('command', 'FEAT');
    say('reply', '211-Features:');
    for (const feature of words.features) say('reply', feature);
    say('reply', '211 End');
  }
  exchange('PWD', '257 "/" is current directory.');
  exchange('TYPE I', '200 Type set to I');

  for (let rest = 1 + Math.floor(random() * 5); rest > 0; rest--) {
    if (!inventTransfer(random, words, isIpv6, isTls, { pick, chance, say, exchange })) return { user, steps };
  }
  if (chance(0.9)) exchange('QUIT', words.goodbye);
  say('remark', 'disconnected.');
  return { user, steps };
}

/** One transfer; false if the session is over after it. */
function inventTransfer(random, words, isIpv6, isTls, { pick, chance, say, exchange }) {
  const port = 50_000 + Math.floor(random() * 1000);
  if (isIpv6 && chance(0.05)) exchange('PASV', words.pasvOnIpv6);
  if (isIpv6 || chance(0.5)) exchange('EPSV', `229 Entering Extended Passive Mode (|||${port}|)`);
  else exchange('PASV', `227 Entering Passive Mode (203,0,113,9,${port >> 8},${port & 255})`);

  const verb = pick(['RETR', 'RETR', 'STOR', 'MLSD']);
  const path = verb === 'MLSD' ? '' : pick(FILES);
  const what = { RETR: 'file download from server of', STOR: 'file upload to server of', MLSD: 'directory listing of' };
  say('command', path === '' ? verb : `${verb} ${path}`, { begins: true });
  const fate = random();
  if (fate < 0.02) {
    say('reply', words.missing, { outcome: 'failed' });
    return true;
  }
  say('reply', words.begin(what[verb], path));
  if (fate < 0.03) {
    say('reply', words.noData(path), { outcome: 'failed' });
    return true;
  }
  if (isTls) say('remark', 'TLS connection for data connection established');
  if (fate < 0.06) say('reply', words.cut(path), { outcome: 'aborted' });
  else if (fate < 0.08) {
    say('command', 'ABOR');
    say('reply', words.stopped, { outcome: 'aborted' });
    say('reply', words.aborted);
  } else if (fate < 0.09) {
    say('reply', words.stalled(path), { outcome: 'aborted' });
    say('reply', words.timedOut);
    say('remark', 'disconnected.');
    return false;
  } else say('reply', words.done(path), { outcome: 'completed' });
  return true;
}

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
    step: (session, { text, known }, stamp) =>
      `(${String(session.id).padStart(6, '0')}) ${stamp} - ${known ? session.user : '(not logged in)'} (${session.peer})> ${text}`,
  },
  1: {
    started: (stamp) => [
      `${stamp} == ===== FileZilla Server 1.7.3 new logging started =====`,
      `${stamp} == [FTP Server] Listening on 0.0.0.0:21 [Explicit FTP over TLS and insecure plain FTP].`,
    ],
    stamp: (ms) => new Date(ms).toISOString(),
    step(session, { kind, text, known }, stamp) {
      if (kind === 'remark')
        return text === 'disconnected.' ? `${stamp} == [FTP Server] Session ${session.id} ended gracefully.` : null;
      const user = known ? ` ${session.user}` : '';
      return `${stamp} ${kind === 'command' ? '>>' : '<<'} [FTP Session ${session.id} ${session.peer}${user}] ${text}`;
    },
  },
};

/** Writes a log of `lines` lines to `path` and returns the truth about it. */
export function generateLog(path, { lines, format = '0.9', crlf = false, seed = 1 }) {
  const random = randomFrom(seed);
  const words = WORDS[format];
  const render = RENDER[format];
  const lineEnd = crlf ? '\r\n' : '\n';
  const truth = { lines: 0, sessions: 0, transfers: { completed: 0, aborted: 0, failed: 0, unfinished: 0 } };
  const file = openSync(path, 'w');
  let text = '';
  let now = START_MS;
  let stamp = render.stamp(now);
  let lastId = 0;
  let open = [];

  const write = (line) => {
    text += line + lineEnd;
    truth.lines++;
    if (text.length >= FLUSH_BYTES) {
      writeSync(file, text);
      text = '';
    }
  };
  const start = () => {
    lastId = 0;
    open = [];
    for (const line of render.started(stamp)) write(line);
  };
  const begin = () => {
    const isIpv6 = random() < 0.15;
    const host = 1 + Math.floor(random() * 250);
    const peer = isIpv6 ? `2001:db8::${host.toString(16)}` : `198.51.100.${host}`;
    open.push({ id: ++lastId, peer, next: 0, transferring: false, ...inventSession(random, words, isIpv6) });
  };
  const play = (session) => {
    const step = session.steps[session.next++];
    const line = render.step(session, step, stamp);
    if (line === null) return;
    if (session.next === 1 || !session.counted) truth.sessions++;
    session.counted = true;
    if (step.begins) session.transferring = true;
    if (step.outcome) {
      truth.transfers[step.outcome]++;
      session.transferring = false;
    }
    write(line);
  };

  start();
  let restarts = 0;
  while (truth.lines < lines) {
    while (open.length < OPEN_SESSIONS) begin();
    const session = open[Math.floor(random() * open.length)];
    // A server answers at once what needs no data: a command and its first reply stand together, in the same second.
    let waits = false;
    do {
      if (!waits && random() < 0.15) {
        now += format === '1' ? Math.floor(random() * 2000) : 1000;
        stamp = render.stamp(now);
      }
      const { kind, text } = session.steps[session.next];
      play(session);
      waits = kind === 'command' || (kind === 'reply' && /^(?:\d{3}-| )/.test(text));
    } while (session.next < session.steps.length && truth.lines < lines && (waits || random() < 0.5));
    if (session.next >= session.steps.length) open.splice(open.indexOf(session), 1);
    if (restarts < RESTARTS && truth.lines > ((restarts + 1) * lines) / (RESTARTS + 1)) {
      restarts++;
      // What a restart does to a transfer under way the log does not say: none is under way here.
      for (const each of open) while (each.transferring) play(each);
      start();
    }
  }
  for (const session of open) if (session.transferring) truth.transfers.unfinished++;
  writeSync(file, text);
  closeSync(file);
  return truth;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      lines: { type: 'string', default: '1000000' },
      format: { type: 'string', default: '0.9' },
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
