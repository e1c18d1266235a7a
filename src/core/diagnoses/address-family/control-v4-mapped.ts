import { defineDiagnosis } from '../diagnosis.ts';
import { peerOf } from '../dialogue.ts';

/** The control address is an IPv4 address in IPv6 form. */
export default defineDiagnosis<{ address: string }>({
  id: 'control-v4-mapped',
  group: 'address-family',
  title: 'IPv4 address in IPv6 form',
  severity: 'info',
  references: ['RFC 4291 section 2.5.5.2'],
  explanation:
    'The server listens on one socket for both families and sees IPv4 clients as ::ffff:a.b.c.d. The packets on the wire are IPv4, so PASV is fine, and EPSV means IPv4.',
  remedies: [],
  perInput: true,
  inMany: 'IPv4 clients appear as ::ffff:a.b.c.d, because one socket serves both families; they count as IPv4.',
  triggers: { traits: ['mapped'] },
  *detect(session) {
    const { address } = peerOf(session);
    if (address === null || !/^\[?::ffff:\d/i.test(address)) return;
    yield { lines: [session.firstLine], data: { address }, side: 'unknown', certainty: 'certain' };
  },
  message: ({ address }) => `The peer's address ${address} is an IPv4 address in IPv6 form; it counts as IPv4.`,
});
