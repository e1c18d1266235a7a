import { Verb } from '../../ftp/verbs.ts';
import type { Exchange, Session } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandBefore, exchangeOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';
import { fileProblemOf } from './file-replies.ts';

/** The server does not let the client resume. */
export default defineDiagnosis<{ verb: string; reply: string }>({
  id: 'resume-refused',
  group: 'transfers',
  title: 'resume refused by the server',
  severity: 'error',
  references: ['RFC 3659 section 5', 'RFC 959 section 4.1.3 (REST)'],
  explanation: 'The client wanted to go on within a file (REST), and the server does not allow it.',
  remedies: [
    { side: 'ProFTPD', text: 'Set AllowStoreRestart on and AllowRetrieveRestart on.' },
    { side: 'client', text: 'Transfer the file from its beginning.' },
  ],
  triggers: { verbs: ['REST'] },
  follows: ['resume-in-ascii', 'login-wrong-credentials', 'command-before-login'],
  *detect(session) {
    const refused = refusedRest(session) ?? refusedTransfer(session);
    if (refused === null) return;
    yield {
      lines: [refused.final!, refused],
      data: { verb: refused.verb ?? '', reply: quotedReply(refused.final!) },
      severity: session.transfers.some(({ outcome }) => outcome === 'failed') ? 'error' : 'notice',
      side: 'server',
      certainty: 'certain',
    };
  },
  message: ({ verb, reply }) => `The server refused to resume: ${verb} was answered ${reply}.`,
});

function refusedRest(session: Session): Exchange | null {
  for (const exchange of session.exchanges) {
    if (exchange.verbId !== Verb.REST || exchange.final === null) continue;
    // REST 0 is asked to see whether the server knows it.
    if (/^\s*0*\s*$/.test(exchange.argument ?? '')) continue;
    const { code, text } = exchange.final;
    // A malformed offset is another matter.
    if (code === 530 || fileProblemOf(text) === 'ascii' || /parameter|numeric|syntax/i.test(text)) continue;
    if (code >= 500) return exchange;
  }
  return null;
}

function refusedTransfer(session: Session): Exchange | null {
  for (const transfer of session.transfers) {
    const exchange = exchangeOf(session, transfer);
    if (exchange?.final == null || transfer.outcome === 'completed' || exchange.final.code < 400) continue;
    if (fileProblemOf(exchange.final.text) !== 'restart') continue;
    if (exchange.verbId === Verb.APPE || commandBefore(session, exchange.order)?.verbId === Verb.REST) return exchange;
  }
  return null;
}
