import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandAfter, exchangeOf, isEncrypted, remarksBetween } from '../dialogue.ts';
import { quotedReply, transferInWords } from '../wording.ts';

/** TLS on the data connection was not shut down. */
export default defineDiagnosis<{
  what: string;
  sender: 'client' | 'server';
  reply: string | null;
  isComplete: boolean;
}>({
  id: 'tls-data-close-notify-missing',
  group: 'tls',
  title: 'TLS on the data connection not shut down',
  severity: 'warning',
  references: ['RFC 8446 section 6.1 (close_notify)'],
  explanation:
    'The sender of the data closed the connection without the message that ends TLS. The receiver cannot tell the end of the file from a connection that was cut, and reports an error although the file is mostly complete.',
  remedies: [
    { side: 'client', text: 'Update the client; compare the sizes before you send the file again.' },
    { side: 'vsftpd', text: 'Set strict_ssl_read_eof=NO to accept such uploads.' },
  ],
  triggers: { codes: [425, 426, 451], notes: [Note.TlsNotClosed], needs: ['encrypted'] },
  *detect(session) {
    if (!isEncrypted(session)) return;
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const exchange = exchangeOf(session, transfer);
      if (exchange === null) continue;
      const { final } = exchange;
      const end = nextCommand(exchange.order, final?.order ?? exchange.order);
      const remark = remarksBetween(session, exchange.order, end, [Note.TlsNotClosed])[0];
      const isUpload = transfer.direction === 'upload';
      const isTold =
        isUpload &&
        final !== null &&
        final.code >= 400 &&
        /reading network stream|read from data connection/i.test(final.text);
      // A download that breaks leaves the server's TLS open as well; that is the client's doing.
      const isOwn = isUpload ? session.vantage === 'server' || isTold : session.vantage === 'client';
      if ((remark === undefined && !isTold) || !isOwn) continue;
      const isComplete = transfer.outcome === 'completed';
      yield {
        lines: [...(remark === undefined ? [] : [remark]), ...(final === null ? [] : [final]), exchange],
        data: {
          what: transferInWords(transfer),
          sender: isUpload ? 'client' : 'server',
          reply: final !== null && final.code >= 400 ? quotedReply(final) : null,
          isComplete,
        },
        severity: isComplete ? 'notice' : 'warning',
        side: isUpload ? 'client' : 'server',
        certainty: isTold && remark === undefined ? 'likely' : 'certain',
        transfer: index,
        dataConnection: transfer.dataConnection,
      };
    }

    /** Remarks about the end of TLS stand on either side of the final reply. */
    function nextCommand(from: number, final: number): number {
      return commandAfter(session, Math.max(from, final))?.order ?? Number.POSITIVE_INFINITY;
    }
  },
  message: ({ what, sender, reply, isComplete }) =>
    `${what} ended without a proper end of TLS by the ${sender}${reply === null ? '' : `, and the server answered ${reply}`}.${isComplete ? '' : ' The file may be complete all the same.'}`,
});
