import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf } from '../dialogue.ts';
import { quotedReply, shortened } from '../wording.ts';

/** An option of LIST that the server takes for a name. */
export default defineDiagnosis<{ option: string; reply: string }>({
  id: 'list-option-as-path',
  group: 'transfers',
  title: 'option of LIST taken for a name',
  severity: 'notice',
  references: ['RFC 959 section 4.1.3 (LIST)'],
  explanation:
    'LIST has no options in RFC 959. Many servers on Unix pass -a or -l on to ls; others (IBM i, FileZilla Server 1.x) take the option for the name of a directory and do not find it.',
  remedies: [
    {
      side: 'client',
      text: 'Send LIST without options, or MLSD: FileZilla "Force showing hidden files" off, curlftpfs without -a.',
    },
  ],
  triggers: { verbs: ['LIST', 'NLST'], traits: ['refused'] },
  *detect(session) {
    for (let index = 0; index < session.transfers.length; index++) {
      const exchange = exchangeOf(session, session.transfers[index]!);
      const option = exchange?.argument?.trim() ?? '';
      if (exchange?.final == null || !/^-[A-Za-z1]+$/.test(option)) continue;
      if (exchange.final.code !== 550 && exchange.final.code !== 501 && exchange.final.code !== 450) continue;
      yield {
        lines: [exchange.final, exchange],
        data: { option, reply: quotedReply(exchange.final) },
        side: 'client',
        certainty: 'likely',
        transfer: index,
      };
      return;
    }
  },
  message: ({ option, reply }) =>
    `The server took the option ${shortened(option, 20)} of LIST for the name of a directory: ${reply}.`,
});
