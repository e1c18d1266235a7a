import { defineDiagnosis } from '../diagnosis.ts';
import { PRODUCT_NAMES, type Product, serverOf } from '../products.ts';
import { familyInWords } from '../wording.ts';
import { mismatchedEpsv } from './epsv-argument.ts';

/** 229 in answer to an argument that the server does not honour. */
export default defineDiagnosis<{ asked: 'ipv4' | 'ipv6'; control: 'ipv4' | 'ipv6'; product: Product }>({
  id: 'epsv-argument-ignored',
  group: 'address-family',
  title: 'argument of EPSV accepted and not honoured',
  severity: 'notice',
  references: ['RFC 2428 section 3'],
  explanation:
    'The server answers 229, but listens in the family of the control connection and not in the one asked for. RFC 2428 says that a server should use the family asked for. It does no harm between one client and one server, and breaks transfers between servers of different families.',
  remedies: [{ side: 'client', text: 'Send EPSV without an argument.' }],
  triggers: { verbs: ['EPSV'], traits: ['epsvArgument'] },
  follows: ['epsv-argument-family-mismatch'],
  *detect(session) {
    const { product } = serverOf(session);
    for (const { exchange, asked, control } of mismatchedEpsv(session)) {
      if (exchange.final?.code !== 229 || product === null || !ignores(product, asked)) continue;
      yield {
        lines: [...exchange.replies, exchange],
        data: { asked, control, product },
        side: 'server',
        certainty: session.vantage === 'server' ? 'certain' : 'likely',
      };
      return;
    }
  },
  message: ({ asked, control, product }) =>
    `${PRODUCT_NAMES[product]} answered 229 to a request for ${familyInWords(asked)}, but listens in ${familyInWords(control)}, the family of the control connection.`,
});

/** FileZilla Server 0.9.60, ProFTPD and Pure-FTPd listen in the control connection's family; vsftpd does so on IPv6. */
function ignores(product: Product, asked: 'ipv4' | 'ipv6'): boolean {
  if (product === 'filezilla-0.9' || product === 'proftpd' || product === 'pure-ftpd') return true;
  return product === 'vsftpd' && asked === 'ipv4';
}
