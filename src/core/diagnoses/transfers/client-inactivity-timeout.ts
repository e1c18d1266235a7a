import { Note } from '../../event.ts';
import { isTransferVerb } from '../../ftp/verbs.ts';
import type { Remark, Session } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandBefore, transferOf } from '../dialogue.ts';
import { durationInWords, shortened } from '../wording.ts';

interface Data {
  readonly seconds: number | null;
  readonly waitedFor: string;
  readonly isOwnLimit: boolean;
  readonly said: string;
}

/** curl's own limits, set by the user: `--max-time`, `--speed-limit`. */
const OWN_LIMIT = /^Operation (?:timed out|too slow)/i;
const CURL_TIMEOUT = 28;

/** The client gave up waiting. */
export default defineDiagnosis<Data>({
  id: 'client-inactivity-timeout',
  group: 'transfers',
  title: 'client that gave up waiting',
  severity: 'error',
  references: [
    'curl manual (--max-time, --speed-limit, --connect-timeout)',
    'FileZilla: Settings > Connection > Timeout',
  ],
  explanation:
    'The client waited for an answer or for data until its own limit and gave up. The limit is a symptom: look at what it waited for. Only --max-time and --speed-limit of curl are limits that a user sets for transfers that do work.',
  remedies: [
    {
      side: 'client',
      text: 'Raise the limit only if the server is merely slow (FileZilla: Settings > Connection; curl: --max-time).',
    },
  ],
  triggers: { notes: [Note.ClientTimeout, Note.ClientError] },
  follows: [
    'data-connect-timeout',
    'pasv-private-address',
    'pasv-wrong-public-address',
    'pasv-zero-address',
    'active-connect-failed',
    'final-reply-missing',
    'control-connection-idle-drop',
    'idle-timeout-421',
    'no-transfer-timeout-421',
    'login-timeout-421',
    'too-many-connections',
    'server-unavailable',
    'passive-port-pool-exhausted',
    'transfer-426-stall-timeout',
    'slow-welcome',
    'no-welcome',
    'ssh-on-ftp-port',
    'implicit-tls-mixup',
    'control-connect-failed',
    'epsv-blocked-pasv-works',
    'tls-shutdown-deadlock',
    'data-connection-never-arrived',
    'client-banned',
    'multiline-reply-malformed',
  ],
  *detect(session) {
    if (session.vantage !== 'client') return;
    const remark = session.remarks.find(isTimeout);
    if (remark === undefined || isAnswered(session, remark)) return;
    const seconds = Number.isFinite(remark.value) && remark.note === Note.ClientTimeout ? remark.value : null;
    const last = commandBefore(session, remark.order);
    yield {
      lines: [remark, ...(last === null ? [] : [last, ...last.replies])],
      data: {
        seconds,
        waitedFor: waitedFor(session, remark),
        isOwnLimit: OWN_LIMIT.test(remark.text),
        said: shortened(remark.text),
      },
      side: OWN_LIMIT.test(remark.text) ? 'client' : 'unknown',
      certainty: OWN_LIMIT.test(remark.text) ? 'certain' : 'possible',
      transfer: last === null ? null : transferOf(session, last),
    };
  },
  message: ({ seconds, waitedFor: what, isOwnLimit, said }) => {
    if (isOwnLimit) return `The client stopped by a limit of its own while it waited for ${what}: "${said}".`;
    return `The client gave up${seconds === null ? '' : ` after ${durationInWords(seconds * 1000)}`} waiting for ${what}.`;
  },
});

function isTimeout({ note, value, text }: Remark): boolean {
  if (note === Note.ClientTimeout) return true;
  return note === Note.ClientError && value === CURL_TIMEOUT && !/421|connect/i.test(text);
}

/** curl calls every 421 a timeout of its own. */
function isAnswered(session: Session, remark: Remark): boolean {
  let last: number | null = null;
  for (const { replies } of session.exchanges)
    for (const { code, order } of replies) if (order < remark.order) last = code;
  return last === 421;
}

function waitedFor(session: Session, remark: Remark): string {
  const last = commandBefore(session, remark.order);
  if (last === null) return session.exchanges.length === 0 ? "the server's greeting" : 'an answer after the greeting';
  if (last.replies.length === 0) return `the answer to ${last.verb}`;
  if (isTransferVerb(last.verbId) && last.final === null) return `the rest of ${last.verb}`;
  return `something to happen after ${last.verb}`;
}
