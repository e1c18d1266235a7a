import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf, typeAt } from '../dialogue.ts';
import { shortened } from '../wording.ts';

/** Names of files whose bytes must not be changed. */
const BINARY =
  /\.(?:zip|gz|tgz|bz2|xz|7z|rar|jar|war|exe|dll|msi|iso|img|bin|jpe?g|png|gif|bmp|tiff?|webp|mp[34]|m4a|avi|mkv|mov|wav|flac|ogg|pdf|docx?|xlsx?|pptx?|odt|ods|deb|rpm|apk|dmg|sqlite|db|class|so|o|woff2?)$/i;

/** A binary file moved in ASCII mode. */
export default defineDiagnosis<{ path: string; times: number }>({
  id: 'ascii-mode-binary-file',
  group: 'transfers',
  title: 'binary file transferred in ASCII mode',
  severity: 'warning',
  references: ['RFC 959 section 3.1.1.1'],
  explanation:
    'In TYPE A line ends are changed on the way, which destroys the contents of a binary file, unless both systems write line ends alike or the server ignores the type (vsftpd does unless told otherwise). TYPE A is the default when the client sends no TYPE.',
  remedies: [
    { side: 'client', text: 'Send TYPE I: FileZilla "Transfer type: Binary", curl without ;type=a and --use-ascii.' },
  ],
  triggers: { verbs: ['RETR', 'STOR', 'APPE'], traits: ['ascii'] },
  *detect(session) {
    if (session.incomplete) return;
    const all = session.transfers.filter((transfer) => {
      if (transfer.direction === 'listing' || transfer.outcome !== 'completed') return false;
      const exchange = exchangeOf(session, transfer);
      if (exchange === null || !BINARY.test((transfer.path ?? '').trim())) return false;
      return transfer.type === 'ascii' || typeAt(session, exchange.order) === 'ascii';
    });
    const first = all[0];
    if (first === undefined) return;
    const exchange = exchangeOf(session, first)!;
    yield {
      lines: [exchange, ...exchange.replies],
      data: { path: first.path!, times: all.length },
      side: 'client',
      certainty: 'likely',
      transfer: session.transfers.indexOf(first),
    };
  },
  message: ({ path, times }) =>
    `"${shortened(path, 80)}"${times === 1 ? '' : ` and ${times - 1} more`} looks like a binary file and was transferred in ASCII mode (TYPE A), which may have changed its bytes.`,
});
