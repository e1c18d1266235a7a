import { defineDiagnosis } from '../diagnosis.ts';
import { setupOf } from '../dialogue.ts';
import { PRODUCT_NAMES, type Product, serverOf } from '../products.ts';
import { SWITCH_HELPER_OFF } from '../remedies.ts';
import { quotedReply } from '../wording.ts';
import { fallbacksOf, isAccepted, isRefused } from './set-up.ts';

/** Servers that answer EPSV with 229 on IPv4 as they come. */
const KNOW_EPSV: readonly Product[] = ['filezilla-0.9', 'filezilla-1', 'vsftpd', 'proftpd', 'pyftpdlib', 'iis'];

/** EPSV refused, and PASV used in its place. */
export default defineDiagnosis<{ reply: string; product: Product | null; times: number }>({
  id: 'epsv-refused-fallback-pasv',
  group: 'address-family',
  title: 'EPSV refused, PASV used',
  severity: 'notice',
  references: ['RFC 2428 section 3', 'RFC 1123 section 4.1.2.11'],
  explanation:
    'The server does not accept EPSV, and the client went back to PASV, which works on IPv4 only. It costs one round trip for each control connection. Old and restricted servers do so, and devices on the path that know PASV but not EPSV.',
  remedies: [
    { side: 'server', text: 'Allow EPSV, or update the server.' },
    { side: 'client', text: 'curl --disable-epsv saves the round trip on IPv4; on IPv6 it has no effect.' },
    { side: 'Pure-FTPd', text: 'Its mode for broken clients refuses EPSV on IPv4; leave it off if it is not needed.' },
  ],
  triggers: { verbs: ['EPSV'], traits: ['setUpRefused'] },
  follows: [
    'epsv-argument-family-mismatch',
    'epsv-522-unsupported-protocol',
    'external-address-lookup-failed',
    'passive-port-pool-exhausted',
  ],
  *detect(session) {
    if (session.controlFamily === 'ipv6') return;
    const all = [...fallbacksOf(session, 'EPSV', 'PASV')].filter(
      ({ first, next }) => isRefused(first) && isAccepted(next) && first.replyCode !== 503 && first.replyCode !== 530,
    );
    const fallback = all[0];
    if (fallback === undefined) return;
    const refused = setupOf(session, fallback.first);
    const used = setupOf(session, fallback.next);
    if (refused?.final == null) return;
    const { product } = serverOf(session);
    const isSuspect = product !== null && KNOW_EPSV.includes(product);
    yield {
      lines: [refused.final, refused, ...(used === null ? [] : [used, ...used.replies])],
      data: { reply: quotedReply(refused.final), product: isSuspect ? product : null, times: all.length },
      side: isSuspect ? 'network' : 'server',
      certainty: isSuspect ? 'possible' : 'likely',
      dataConnection: fallback.firstIndex,
      ...(isSuspect ? { remedies: SWITCH_HELPER_OFF } : {}),
    };
  },
  message: ({ reply, product, times }) => {
    const often = times === 1 ? '' : ` (${times} times)`;
    const who =
      product === null
        ? 'The server, or a device in between, does not support it'
        : `${PRODUCT_NAMES[product]} normally accepts EPSV, so a device in between or a setting may refuse it`;
    return `EPSV was refused with ${reply}, and PASV was used instead${often}. ${who}.`;
  },
});
