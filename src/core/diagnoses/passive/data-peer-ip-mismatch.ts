import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf, transferOf } from '../dialogue.ts';
import { quotedReply, shortened } from '../wording.ts';

const MISMATCH = /IP addresses of control and data connection do not match|Bad IP connecting|foreign IP/i;
const REMARK = /differs from control peer IP|Passive connection from foreign IP/i;

/** The data connection came from another address than the control connection. */
export default defineDiagnosis<{ said: string }>({
  id: 'data-peer-ip-mismatch',
  group: 'passive',
  title: 'data connection from another address',
  severity: 'error',
  references: ['RFC 2577 section 4', 'RFC 4217 section 15'],
  explanation:
    "The data connection reached the server from another address than the control connection, and the server refused it, because somebody else could have taken the transfer over. Mostly the client's network sends its connections out over several addresses: two uplinks, a carrier's NAT, a cluster of proxies, a split VPN.",
  remedies: [
    { side: 'network', text: "Let the client's network use one outgoing address for each destination." },
    {
      side: 'FileZilla Server 0.9',
      text: 'Weaker: let the data connection come from the same /24 or /64 network instead of the same address.',
    },
    { side: 'vsftpd', text: 'Weaker: set pasv_promiscuous=YES.' },
    { side: 'ProFTPD', text: 'Weaker: set AllowForeignAddress on.' },
  ],
  triggers: { codes: [425], notes: [Note.ServerError, Note.Other, Note.DataFailed] },
  *detect(session) {
    const remark = session.remarks.find(({ text }) => REMARK.test(text));
    for (const { exchange, reply } of answersOf(session, [425], MISMATCH)) {
      const transfer = transferOf(session, exchange);
      yield {
        lines: [reply, ...(remark === undefined ? [] : [remark]), exchange],
        data: { said: quotedReply(reply) },
        side: 'client',
        certainty: 'likely',
        transfer,
        dataConnection: transfer === null ? null : session.transfers[transfer]!.dataConnection,
      };
      return;
    }
    if (remark !== undefined)
      yield {
        lines: [remark],
        data: { said: `"${shortened(remark.text)}"` },
        side: 'client',
        certainty: 'likely',
      };
  },
  message: ({ said }) =>
    `The data connection came from another address than the control connection, and the server refused it: ${said}. The client's network probably uses several outgoing addresses.`,
});
