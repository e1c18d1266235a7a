import { Note } from '../../event.ts';
import { isTransferVerb, Verb } from '../../ftp/verbs.ts';
import type { Exchange, Session } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { isCommand, transferOf } from '../dialogue.ts';

/** The control connection ended in the middle of the dialogue. */
export default defineDiagnosis<{ verb: string; hasBegun: boolean }>({
  id: 'control-connection-broken',
  group: 'health',
  title: 'control connection that ended before an answer',
  severity: 'notice',
  references: ['RFC 959 section 5.4 (421)'],
  explanation:
    'The control connection was closed while a command waited for its answer, without a 421 that says why. The server may have crashed or thrown the client out, or a device in between cut the connection.',
  remedies: [
    { side: 'server', text: 'Look in its log and in the system log of that minute.' },
    { side: 'network', text: 'If it always happens at the same command, switch the FTP helper of the firewall off.' },
  ],
  triggers: { notes: [Note.ConnectionLost] },
  follows: [
    'server-crash-oops',
    'server-unavailable',
    'client-banned',
    'too-many-connections',
    'tls-control-handshake-failed',
    'tls-version-or-cipher-mismatch',
    'tls-certificate-untrusted',
    'implicit-tls-mixup',
    'transfer-426-network-reset',
    'transfer-426-undetermined',
    'final-reply-missing',
  ],
  *detect(session) {
    const lost = session.remarks.find(({ note }) => note === Note.ConnectionLost);
    if (lost === undefined || session.vantage !== 'client') return;
    const waiting = waitingCommand(session, lost.order);
    if (waiting === null) return;

    yield {
      lines: [lost, waiting],
      data: { verb: waiting.verb ?? '', hasBegun: waiting.preliminary !== null },
      transfer: transferOf(session, waiting),
      side: 'unknown',
      certainty: 'possible',
      wouldDecide: "the server's log of the same minute",
    };
  },
  message: ({ verb, hasBegun }) =>
    `The control connection ended while ${verb} waited for its ${hasBegun ? 'final reply' : 'answer'}.`,
});

/** The last command before the loss, where it had no reply at all, or where its transfer had begun and not ended. */
function waitingCommand(session: Session, lost: number): Exchange | null {
  let last: Exchange | null = null;
  for (const exchange of session.exchanges) {
    if (exchange.order > lost) break;
    if (exchange.replies.some(({ code }) => code === 421 || code === 221)) return null;
    if (isCommand(exchange)) last = exchange;
  }
  if (last === null || last.verbId === Verb.QUIT) return null;
  const isWaiting = isTransferVerb(last.verbId)
    ? last.preliminary !== null && last.final === null
    : last.replies.length === 0;
  return isWaiting ? last : null;
}
