import { classifyAddress } from '../../ftp/addresses.ts';
import { readExtendedHostPort } from '../../ftp/endpoints.ts';
import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';
import { USE_PASSIVE_MODE } from '../remedies.ts';
import { quotedReply, shortened } from '../wording.ts';

/** EPRT whose family does not fit its address or the control connection. */
export default defineDiagnosis<{ argument: string; why: string; reply: string | null }>({
  id: 'eprt-family-mismatch',
  group: 'address-family',
  title: 'EPRT with the wrong address family',
  severity: 'error',
  references: ['RFC 2428 section 2'],
  explanation:
    'EPRT names a family (1 = IPv4, 2 = IPv6) that its own address does not have, or another family than the control connection. A NAT that translates between IPv6 and IPv4 can cause it too.',
  remedies: USE_PASSIVE_MODE,
  triggers: { verbs: ['EPRT'] },
  follows: ['epsv-all-violation'],
  *detect(session) {
    for (const exchange of commandsOf(session, [Verb.EPRT])) {
      const argument = exchange.argument ?? '';
      const why = mismatchOf(argument, session.controlFamily);
      if (why === null) continue;
      const isRefused = exchange.final !== null && exchange.final.code >= 400;
      yield {
        lines: [exchange, ...exchange.replies],
        data: { argument, why, reply: exchange.final === null ? null : quotedReply(exchange.final) },
        severity: isRefused ? 'error' : 'notice',
        side: 'client',
        certainty: 'likely',
      };
      return;
    }
  },
  message: ({ argument, why, reply }) =>
    `EPRT ${shortened(argument, 60)} ${why}${reply === null ? '' : `; the server answered ${reply}`}.`,
});

function mismatchOf(argument: string, control: string): string | null {
  const target = readExtendedHostPort(argument);
  if (target === null || target.address === null || (target.protocol !== 1 && target.protocol !== 2)) return null;
  const named = target.protocol === 1 ? 'ipv4' : 'ipv6';
  const { family } = classifyAddress(target.address);
  if (family === 'unknown') return null;
  // Mapped addresses are classified as IPv4; with family 2 they are a contradiction as well.
  if (family !== named) return 'names a family that its address does not have';
  return control !== 'unknown' && control !== named ? 'names another family than the control connection has' : null;
}
