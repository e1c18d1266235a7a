import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** A listing that succeeded without an entry, and should have had some. */
export default defineDiagnosis<{ reply: string }>({
  id: 'listing-empty-suspicious',
  group: 'transfers',
  title: 'empty listing of a directory that may not be read',
  severity: 'notice',
  references: ['RFC 959 section 4.1.3 (LIST)'],
  explanation:
    'The server reports the listing as done, but says that it could not open the directory, or found nothing. The directory may be empty, or the account may not read it.',
  remedies: [
    { side: 'server', text: 'Check the rights of the account on that directory, and the setting for hidden files.' },
  ],
  triggers: { codes: [226, 450, 550] },
  *detect(session) {
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const exchange = exchangeOf(session, transfer);
      if (transfer.direction !== 'listing' || exchange?.final == null) continue;
      const isUnopened = exchange.final.code === 226 && /failed to open directory/i.test(exchange.final.text);
      if (!isUnopened) continue;
      yield {
        lines: [exchange.final, exchange],
        data: { reply: quotedReply(exchange.final) },
        side: 'server',
        certainty: 'likely',
        transfer: index,
      };
      return;
    }
  },
  message: ({ reply }) => `The listing is empty because the server could not open the directory: ${reply}.`,
});
