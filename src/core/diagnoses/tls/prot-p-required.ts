import { isDataSetupVerb, isTransferVerb, Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf, transferOf } from '../dialogue.ts';
import { PROTECT_DATA } from '../remedies.ts';
import { quotedReply } from '../wording.ts';

const PROTECTION =
  /PROT P|PROT C|PROT setting|Protection level|must be encrypted|encrypted data connection|required on the data (?:channel|connection)|data connection .{0,40}(?:protect|encrypt)/i;

/** The server wants the data connection encrypted. */
export default defineDiagnosis<{ verb: string; reply: string }>({
  id: 'prot-p-required',
  group: 'tls',
  title: 'encryption of the data connection demanded',
  severity: 'error',
  references: ['RFC 4217 sections 9 and 10'],
  explanation:
    'The login is encrypted, but the client did not ask for encryption of the data connection (PROT P), and the server transfers nothing without it.',
  remedies: PROTECT_DATA,
  triggers: { codes: [425, 521, 522, 534, 536, 550] },
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [425, 521, 522, 534, 536, 550], PROTECTION)) {
      const { verbId } = exchange;
      if (verbId !== Verb.PROT && !isTransferVerb(verbId) && !isDataSetupVerb(verbId)) continue;
      const transfer = transferOf(session, exchange);
      const wentOn = session.transfers.some(
        ({ outcome, firstLine }) => outcome === 'completed' && firstLine > exchange.line,
      );
      yield {
        lines: [reply, exchange],
        data: { verb: exchange.verb ?? '', reply: quotedReply(reply) },
        severity: wentOn ? 'notice' : 'error',
        side: 'client',
        certainty: 'certain',
        transfer,
      };
      return;
    }
  },
  message: ({ verb, reply }) =>
    `The server demands an encrypted data connection (PROT P) and refused ${verb}: ${reply}.`,
});
