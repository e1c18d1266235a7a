import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';

/** The server does not know HOST, or not that host. */
export default defineDiagnosis<{ host: string; reply: string }>({
  id: 'host-command-refused',
  group: 'tls',
  title: 'HOST refused',
  severity: 'notice',
  references: ['RFC 7151'],
  explanation:
    'The client named the virtual host that it wants, and the server does not know the command or the name. It goes on with its default host and that certificate.',
  remedies: [],
  triggers: { verbs: ['HOST'] },
  *detect(session) {
    for (const host of commandsOf(session, [Verb.HOST])) {
      if (host.final === null || host.final.code < 400) continue;
      yield {
        lines: [host.final, host],
        data: { host: host.argument ?? '', reply: quotedReply(host.final) },
        side: 'server',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ host, reply }) => `The server did not accept HOST ${host}: ${reply}; its default host answers instead.`,
});
