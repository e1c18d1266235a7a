import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

const HOME =
  /home directory (?:inaccessible|not available|does not exist)|access own home directory|writable root inside chroot|cannot change directory:|chroot\(\)|child died/i;

/** The login is right, the directory it leads to is not there. */
export default defineDiagnosis<{ reply: string }>({
  id: 'login-home-inaccessible',
  group: 'login',
  title: 'home directory that cannot be used',
  severity: 'error',
  references: ['RFC 959 section 5.4 (530, 550)'],
  explanation:
    'The password was right, but the directory that the account starts in does not exist, may not be read, or (vsftpd) is writable where it must not be.',
  remedies: [
    { side: 'server', text: 'Create the directory and give the account the right to read it.' },
    { side: 'IIS', text: 'Check FTP Authorization Rules, user isolation and the physical path.' },
    { side: 'vsftpd', text: 'Take the write permission from the root, or set allow_writeable_chroot=YES.' },
  ],
  triggers: { codes: [421, 500, 530, 550], needs: ['sentAway'] },
  follows: ['server-crash-oops'],
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [421, 500, 530, 550], HOME, [Verb.PASS, Verb.USER, 0])) {
      yield { lines: [reply, exchange], data: { reply: quotedReply(reply) }, side: 'server', certainty: 'certain' };
      return;
    }
  },
  message: ({ reply }) => `The login is right, but its directory cannot be used: ${reply}.`,
});
