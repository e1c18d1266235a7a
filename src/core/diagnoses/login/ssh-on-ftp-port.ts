import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { shortened } from '../wording.ts';

const SSH = /^SSH-[12]\.\d+-/;

/** The FTP client reached an SSH server. */
export default defineDiagnosis<{ banner: string }>({
  id: 'ssh-on-ftp-port',
  group: 'login',
  title: 'FTP client on an SSH server',
  severity: 'notice',
  references: ['RFC 4253 section 4.2', 'RFC 959 section 5.4 (220)'],
  explanation:
    'Where an FTP server greets with 220, an SSH server answered. It offers SFTP, which is another protocol than FTP and FTPS, mostly on port 22.',
  remedies: [
    { side: 'client', text: 'Use SFTP there (sftp://, FileZilla "SFTP"), or the port of the FTP server (21).' },
  ],
  triggers: { notes: [Note.Other, Note.ClientError, Note.ConnectionLost] },
  *detect(session) {
    if (session.vantage !== 'client' || session.login === 'accepted') return;
    const remark = session.remarks.find(({ text }) => SSH.test(text));
    const greeting = session.exchanges[0]?.replies.find(({ text }) => SSH.test(text));
    const shown = remark ?? greeting;
    if (shown !== undefined)
      yield { lines: [shown], data: { banner: shortened(shown.text, 60) }, side: 'client', certainty: 'certain' };
  },
  message: ({ banner }) => `An SSH server answered in place of an FTP server: "${banner}".`,
});
