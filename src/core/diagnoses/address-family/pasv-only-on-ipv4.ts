import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';

/** A client that uses PASV on IPv4 and never tries EPSV. */
export default defineDiagnosis<{ times: number }>({
  id: 'pasv-only-on-ipv4',
  group: 'address-family',
  title: 'PASV alone on IPv4',
  severity: 'info',
  references: ['RFC 2428 section 4', 'RFC 959 section 4.1.2 (PASV)'],
  explanation:
    'The client uses PASV on IPv4 without trying EPSV, as FileZilla does by design. It works; but for such a client the address in the 227 reply has to be right, while a client that uses EPSV (curl) never sees that address.',
  remedies: [],
  triggers: { codes: [227] },
  perInput: true,
  inMany:
    'Clients use PASV on IPv4 without trying EPSV, as FileZilla does; for them the address in the 227 reply has to be right.',
  *detect(session) {
    if (session.controlFamily !== 'ipv4') return;
    let passive = 0;
    for (const { verbId } of session.exchanges) {
      if (verbId === Verb.EPSV) return;
      if (verbId === Verb.PASV) passive++;
    }
    const first = session.exchanges.find(({ verbId, final }) => verbId === Verb.PASV && final?.code === 227);
    if (first === undefined || session.gaps.includes('head')) return;
    yield { lines: [first, ...first.replies], data: { times: passive }, side: 'unknown', certainty: 'certain' };
  },
  message: ({ times }) =>
    `The client used PASV${times === 1 ? '' : ` ${times} times`} and never EPSV; for it the address in the 227 reply has to be right.`,
});
