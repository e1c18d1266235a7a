import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf, commandBefore, isEncrypted } from '../dialogue.ts';
import { serverOf } from '../products.ts';
import { quotedReply, shortened } from '../wording.ts';

/** vsftpd gave up. */
export default defineDiagnosis<{ said: string; isSure: boolean }>({
  id: 'server-crash-oops',
  group: 'tls',
  title: 'vsftpd that ended with an error',
  severity: 'error',
  references: ['vsftpd.conf manual'],
  explanation:
    'vsftpd says OOPS and ends the session when its settings or its system do not allow it to go on: a writable root inside chroot, a missing user or directory, SELinux, the sandbox of an old version. Under TLS it says so in clear, and the client reports a strange TLS packet.',
  remedies: [
    { side: 'vsftpd', text: 'Run it for the same user without TLS, or look in its log, to read the text after OOPS.' },
    { side: 'vsftpd', text: 'Writable root: take the write permission away, or set allow_writeable_chroot=YES.' },
    { side: 'vsftpd', text: 'As a test set seccomp_sandbox=NO; check SELinux (ftp_home_dir and the like).' },
  ],
  triggers: { codes: [500], notes: [Note.TlsFailed, Note.ClientError, Note.ServerError, Note.ConnectionLost] },
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [500], /^OOPS/i)) {
      yield {
        lines: [reply, exchange],
        data: { said: quotedReply(reply), isSure: true },
        side: 'server',
        certainty: 'certain',
      };
      return;
    }
    if (!isEncrypted(session) || serverOf(session).product !== 'vsftpd') return;
    const remark = session.remarks.find(({ text }) =>
      /unexpected TLS packet|GnuTLS error -15|wrong version number/i.test(text),
    );
    const last = remark === undefined ? null : commandBefore(session, remark.order);
    if (remark === undefined || last === null || last.final !== null) return;
    yield {
      lines: [remark, last],
      data: { said: `"${shortened(remark.text)}" after ${last.verb}`, isSure: false },
      side: 'server',
      certainty: 'likely',
      wouldDecide: "the server's log, or the same login without TLS",
    };
  },
  message: ({ said, isSure }) =>
    isSure
      ? `vsftpd ended the session by an error of its own: ${said}.`
      : `The server answered in clear within TLS (${said}); vsftpd does so when it ends with "500 OOPS".`,
});
