import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';
import { PROTECT_DATA } from '../remedies.ts';

/** The login is encrypted, the files are not. */
export default defineDiagnosis<{ isChosen: boolean }>({
  id: 'data-connection-in-clear',
  group: 'tls',
  title: 'encrypted login with files in clear',
  severity: 'warning',
  references: ['RFC 4217 section 9'],
  explanation:
    'The control connection is encrypted, but no PROT P was accepted before the transfers, and the data connection is in clear until then: files and listings can be read on the way.',
  remedies: [
    ...PROTECT_DATA,
    { side: 'FileZilla Server 0.9', text: 'FTP over TLS settings: "Force PROT P to encrypt file transfers".' },
    { side: 'vsftpd', text: 'Set force_local_data_ssl=YES.' },
    { side: 'ProFTPD', text: 'Set TLSRequired on (it covers both connections).' },
  ],
  triggers: { verbs: ['AUTH', 'PROT'], traits: ['clearData'] },
  needsWhole: true,
  *detect(session) {
    if (session.tls.control !== 'explicit' || session.tls.data !== 'clear') return;
    const transfer = session.transfers.findIndex(({ outcome }) => outcome === 'completed');
    if (transfer < 0) return;
    const chosen = [...commandsOf(session, [Verb.PROT])].find(
      ({ argument, final }) => /^\s*C/i.test(argument ?? '') && final !== null && final.code < 300,
    );
    yield {
      lines: [...(chosen === undefined ? [] : [chosen, ...chosen.replies]), session.transfers[transfer]!.firstLine],
      data: { isChosen: chosen !== undefined },
      side: 'client',
      certainty: 'certain',
      transfer,
    };
  },
  message: ({ isChosen }) =>
    `The login was encrypted, but the files went over the network in clear: ${isChosen ? 'the client chose PROT C' : 'the client sent no PROT P'}.`,
});
