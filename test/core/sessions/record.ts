import { LineSplitter } from '../../../src/core/bytes/lines.ts';
import { bytesOf } from '../../../src/core/bytes/text.ts';
import { EventCursor } from '../../../src/core/event.ts';
import { filezillaServer09 } from '../../../src/core/formats/filezilla-server-0.9.ts';
import type { Session } from '../../../src/core/report.ts';
import { SessionRecord } from '../../../src/core/sessions/record.ts';
import { SessionTable } from '../../../src/core/sessions/session-table.ts';
import { plainSession } from '../../../src/exporters/plain.ts';

/** Lines of one FileZilla Server 0.9 session, a second apart: `user` names who is logged in, id 1. */
export function logOf(lines: readonly string[], { user = 'anna', peer = '198.51.100.7', id = 1 } = {}): string {
  let loggedIn = false;
  return lines
    .map((line, second) => {
      if (line.startsWith('230 ')) loggedIn = true;
      const time = `12:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;
      const who = loggedIn ? user : '(not logged in)';
      return `(${String(id).padStart(6, '0')}) 2024-03-15 ${time} - ${who} (${peer})> ${line}\n`;
    })
    .join('');
}

/** Greeting and login, as FileZilla Server 0.9.60 logs them. */
export const LOGIN = [
  'Connected on port 21, sending welcome message...',
  '220 FileZilla Server 0.9.60 beta',
  'USER anna',
  '331 Password required for anna',
  'PASS ****',
  '230 Logged on',
];

/** The sessions of a FileZilla Server 0.9 log. */
export function sessionsOf(log: string): Session[] {
  const sessions: Session[] = [];
  const context = {
    input: 0,
    transcript: 0,
    format: filezillaServer09.id,
    vantage: filezillaServer09.vantage,
    resolutionMs: 1000,
    keyed: true,
    showsReplies: true,
    showsGreeting: true,
  };
  const table = new SessionTable({
    finish: (events) => sessions.push(plainSession(new SessionRecord(events, context, `s0-${events.firstLine}`))),
  });
  const scanner = filezillaServer09.createScanner({ order: null });
  const out = new EventCursor(table);
  const splitter = new LineSplitter({
    line(bytes, start, end, line) {
      out.bytes = bytes;
      out.line = line;
      scanner.scan(bytes, start, end, out);
    },
  });
  splitter.push(bytesOf(log));
  splitter.end();
  table.finishAll();
  return sessions;
}

/** The only session of the lines after a login. */
export function sessionOf(lines: readonly string[]): Session {
  return sessionsOf(logOf([...LOGIN, ...lines]))[0]!;
}
