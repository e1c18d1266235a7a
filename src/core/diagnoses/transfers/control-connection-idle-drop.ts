import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf, remarksBetween, spanOf } from '../dialogue.ts';
import { timersAround } from '../timers.ts';
import { durationInWords, listed, transferInWords } from '../wording.ts';
import { extentOf, IDLE_DROP_MS } from './extent.ts';

/** A device on the path forgot the control connection while a long transfer kept it silent. */
export default defineDiagnosis<{ what: string; elapsedMs: number }>({
  id: 'control-connection-idle-drop',
  group: 'transfers',
  title: 'control connection lost during a long transfer',
  severity: 'error',
  references: ['RFC 959 section 2.3', 'RFC 1123 section 4.1.3.2'],
  explanation:
    'During a transfer nothing passes over the control connection. Firewalls and NAT devices forget connections that stay silent; then the final reply is lost, although the file is complete on both sides.',
  remedies: [
    {
      side: 'client',
      text: 'Use TCP keepalive: curl --keepalive-time 30; compare sizes before you send the file again.',
    },
    { side: 'server', text: 'Use TCP keepalive on the control connection.' },
    { side: 'ProFTPD', text: 'Set SocketOptions keepalive on.' },
    { side: 'network', text: 'Raise the idle limit for TCP connections.' },
  ],
  triggers: {
    codes: [125, 150],
    notes: [Note.ClientTimeout, Note.ConnectionLost, Note.ClientError],
    traits: ['client'],
  },
  *detect(session) {
    if (session.vantage !== 'client') return;
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const exchange = exchangeOf(session, transfer);
      if (exchange === null || exchange.preliminary === null || exchange.final !== null) continue;
      if (transfer.transferredBytes === null || transfer.transferredBytes !== transfer.announcedBytes) continue;
      const { elapsedMs } = extentOf(session, index);
      if (elapsedMs === null || elapsedMs < IDLE_DROP_MS) continue;
      const { from, to } = spanOf(session, transfer);
      const told = remarksBetween(session, from, to, [Note.ClientTimeout, Note.ConnectionLost, Note.ClientError])[0];
      if (told === undefined) continue;
      yield {
        lines: [told, exchange.preliminary, exchange],
        data: { what: transferInWords(transfer), elapsedMs },
        side: 'network',
        certainty: 'likely',
        transfer: index,
        dataConnection: transfer.dataConnection,
        elapsedMs,
        wouldDecide: "the server's log: a 226 there proves that the reply was lost on the way",
      };
    }
  },
  message: ({ what, elapsedMs }) => {
    const timers = timersAround(elapsedMs, 5000).filter((name) => /firewall/.test(name));
    return `${what} ran for ${durationInWords(elapsedMs)}${timers.length === 0 ? '' : ` (${listed(timers)})`} and was complete, but the final reply was lost: a device on the path probably forgot the silent control connection.`;
  },
});
