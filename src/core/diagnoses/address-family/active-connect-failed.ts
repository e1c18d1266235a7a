import { Note } from '../../event.ts';
import { saysNeverConnected } from '../../ftp/replies.ts';
import type { Remark, Session, Transfer } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { dataOf, exchangeOf, remarksBetween, setupOf, spanOf } from '../dialogue.ts';
import { dataProblemOf } from '../passive/data-replies.ts';
import { waitedUntilClosed } from '../preliminary.ts';
import { serverOf } from '../products.ts';
import { USE_PASSIVE_MODE } from '../remedies.ts';
import { quotedReply } from '../wording.ts';

/** In active mode the server did not reach the client. */
export default defineDiagnosis<{ said: string; isRefused: boolean }>({
  id: 'active-connect-failed',
  group: 'address-family',
  title: 'active mode: server cannot connect to the client',
  severity: 'error',
  references: ['RFC 1579', 'RFC 959 section 3.2'],
  explanation:
    'In active mode the server makes the data connection to the client. A firewall or NAT in front of the client, or the firewall of its own host, keeps it out. If every client in active mode fails, the server may not be allowed to connect outwards.',
  remedies: USE_PASSIVE_MODE,
  triggers: { verbs: ['PORT', 'EPRT'] },
  follows: ['port-private-address', 'port-malformed', 'eprt-family-mismatch', 'bounce-attempt', 'port-on-ipv6-control'],
  *detect(session) {
    for (let index = 0; index < session.dataConnections.length; index++) {
      const data = session.dataConnections[index]!;
      const setup = setupOf(session, data);
      const final = setup?.final ?? null;
      if (data.mode !== 'active' || final === null || !saysNeverConnected(final.code, final.text)) continue;
      yield {
        lines: [final, setup!],
        data: { said: quotedReply(final), isRefused: false },
        side: 'network',
        certainty: 'likely',
        dataConnection: index,
      };
      return;
    }
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const data = dataOf(session, transfer);
      if (data === null || data.mode !== 'active' || (data.replyCode !== null && data.replyCode >= 400)) continue;
      if (transfer.outcome === 'completed') continue;
      const exchange = exchangeOf(session, transfer);
      const final = exchange?.final ?? null;
      const { from, to } = spanOf(session, transfer);
      const waited =
        remarksBetween(session, from, to, [Note.DataFailed])[0] ??
        inVain(session, transfer, setupOf(session, data)?.order ?? from, to);
      const isTold =
        (exchange !== null && waitedUntilClosed(exchange, serverOf(session).product)) ||
        (final !== null && final.code === 425 && ['no-connection', 'peer-mismatch'].includes(dataProblemOf(final)));
      if (!isTold && waited === undefined) continue;
      yield {
        lines: [
          ...(final === null ? [] : [final]),
          ...(waited === undefined ? [] : [waited]),
          exchange ?? transfer.firstLine,
          data.line,
        ],
        data: {
          said: final !== null && isTold ? quotedReply(final) : `"${waited?.text ?? ''}"`,
          isRefused: /refused/i.test(final?.text ?? ''),
        },
        side: 'network',
        certainty: 'likely',
        transfer: index,
        dataConnection: transfer.dataConnection,
      };
      return;
    }
  },
  message: ({ said, isRefused }) =>
    `In active mode the server could not connect to the client: ${said}. ${isRefused ? "The client's host refused it" : 'Most likely a firewall or NAT in front of the client keeps it out, or nothing listens there'}; passive mode avoids that.`,
});

/** The client gave up while it still waited for the server's connection; it begins to wait with the set-up. */
function inVain(session: Session, transfer: Transfer, from: number, to: number): Remark | undefined {
  if (session.vantage !== 'client' || transfer.transferredBytes) return undefined;
  const seen = remarksBetween(session, from, to, [Note.DataListening, Note.DataConnected, Note.DataFlowing]);
  if (!seen.some(({ note }) => note === Note.DataListening) || seen.some(({ note }) => note !== Note.DataListening))
    return undefined;
  return remarksBetween(session, from, to, [Note.ClientTimeout])[0];
}
