import { Note } from '../../event.ts';
import type { Exchange, Session, Transfer } from '../../sessions/session.ts';
import { defineDiagnosis, type Shown } from '../diagnosis.ts';
import { exchangeOf, remarksBetween, sizeAfter, spanOf } from '../dialogue.ts';
import { transferInWords } from '../wording.ts';

/** The server took a broken upload for a complete one. */
export default defineDiagnosis<{ what: string; why: string }>({
  id: 'upload-truncated-but-226',
  group: 'transfers',
  title: 'broken upload that the server calls complete',
  severity: 'warning',
  references: ['RFC 959 section 3.4.1'],
  explanation:
    'In stream mode the end of an upload is the close of the data connection, so that the server cannot tell a broken upload from a complete one and answers 226. The client says that it broke.',
  remedies: [
    {
      side: 'client',
      text: 'Compare the sizes (SIZE) after an upload; upload under another name and rename it at the end.',
    },
    { side: 'vsftpd', text: 'Under TLS set strict_ssl_read_eof=YES.' },
  ],
  triggers: { verbs: ['STOR', 'APPE', 'STOU'], traits: ['client'] },
  *detect(session) {
    if (session.vantage !== 'client') return;
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      const exchange = exchangeOf(session, transfer);
      if (transfer.direction !== 'upload' || exchange?.final == null || exchange.final.code >= 300) continue;
      const shown = brokenAt(session, transfer, exchange);
      if (shown === null) continue;
      yield {
        lines: [shown.line, exchange.final, exchange],
        data: { what: transferInWords(transfer), why: shown.why },
        side: 'client',
        certainty: 'likely',
        transfer: index,
        dataConnection: transfer.dataConnection,
        wouldDecide: "the file's size on the server",
      };
    }
  },
  message: ({ what, why }) => `${what} did not go through whole (${why}), although the server answered 226.`,
});

/** curl's own count of what it sent. */
const UNALIGNED = /^Uploaded unaligned file size/;

function brokenAt(session: Session, transfer: Transfer, exchange: Exchange): { line: Shown; why: string } | null {
  const { from, to } = spanOf(session, transfer);
  const notes = [Note.TransferStopped, Note.DataBroken, Note.TransferCut];
  const remark = remarksBetween(session, from, Math.min(to, exchange.final!.order + 3), notes)[0];
  if (remark !== undefined) return { line: remark, why: 'the client says that it broke' };
  const unaligned = remarksBetween(session, from, to, [Note.TransferFailed]).find(({ text }) => UNALIGNED.test(text));
  if (unaligned !== undefined) return { line: unaligned, why: 'curl counted fewer bytes' };
  const sent = transfer.transferredBytes;
  if (sent === null || !transfer.bytesExact) return null;
  const told = sizeAfter(session, exchange.order, transfer.path)?.final ?? null;
  if (told?.code !== 213 || !(Number.parseInt(told.text, 10) < sent)) return null;
  return { line: told, why: `the server holds ${Number.parseInt(told.text, 10)} of ${sent} bytes` };
}
