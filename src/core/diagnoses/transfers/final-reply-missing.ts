import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { dataOf, exchangeOf, remarksBetween, spanOf } from '../dialogue.ts';
import { durationInWords, transferInWords } from '../wording.ts';
import { extentOf, IDLE_DROP_MS } from './extent.ts';

/** The data was all there, and the final reply never came. */
export default defineDiagnosis<{ what: string; elapsedMs: number | null; isWhole: boolean }>({
  id: 'final-reply-missing',
  group: 'transfers',
  title: 'transfer without a final reply',
  severity: 'error',
  references: ['RFC 959 section 5.4'],
  explanation:
    'The transfer began and its data moved, but the 226 or 250 that should end it never reached the client. Either a device on the path forgot the silent control connection during the transfer, or the server was still busy (closing the file, a virus scan), or waited for the end of TLS.',
  remedies: [
    { side: 'client', text: 'Compare the sizes before you send the file again: it is mostly complete.' },
    { side: 'client', text: 'Use TCP keepalive on the control connection: curl --keepalive-time 30.' },
    { side: 'server', text: 'Look in its log for when it sent the final reply.' },
  ],
  triggers: {
    codes: [125, 150],
    notes: [Note.ClientTimeout, Note.ConnectionLost, Note.ClientError],
    traits: ['client'],
  },
  follows: ['control-connection-idle-drop', 'server-unavailable', 'server-crash-oops', 'tls-shutdown-deadlock'],
  *detect(session) {
    if (session.vantage !== 'client') return;
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const exchange = exchangeOf(session, transfer);
      if (exchange === null || exchange.preliminary === null || exchange.final !== null) continue;
      if (transfer.outcome === 'unfinished') continue;
      const { from, to } = spanOf(session, transfer);
      const told = remarksBetween(session, from, to, [Note.ClientTimeout, Note.ConnectionLost, Note.ClientError]);
      const named = told.find(({ text }) => /response timeout|control connection looks dead/i.test(text));
      const isWhole = transfer.transferredBytes !== null && transfer.transferredBytes === transfer.announcedBytes;
      const waited = named ?? (isWhole ? told[0] : undefined);
      if (waited === undefined || dataOf(session, transfer)?.outcome === 'unreachable') continue;
      const { elapsedMs } = extentOf(session, index);
      yield {
        lines: [waited, exchange.preliminary, exchange],
        data: { what: transferInWords(transfer), elapsedMs, isWhole },
        side: elapsedMs !== null && elapsedMs > IDLE_DROP_MS ? 'network' : 'unknown',
        certainty: 'possible',
        transfer: index,
        dataConnection: transfer.dataConnection,
        ...(elapsedMs === null ? {} : { elapsedMs }),
        wouldDecide: "the server's log: it shows whether and when the final reply was sent",
      };
    }
  },
  message: ({ what, elapsedMs, isWhole }) => {
    const time = elapsedMs === null ? '' : ` after ${durationInWords(elapsedMs)}`;
    return `${what} began${isWhole ? ' and all its bytes arrived' : ''}, but no final reply came${time}; the client gave up waiting for it.`;
  },
});
