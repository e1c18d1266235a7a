import { defineDiagnosis } from '../diagnosis.ts';
import { setupOf } from '../dialogue.ts';
import { familyInWords } from '../wording.ts';

interface Data {
  readonly family: 'ipv4' | 'ipv6' | 'unknown';
  readonly address: string | null;
  readonly port: number | null;
  readonly more: number;
}

/** EPSV without an argument: which address family the data connection has, and why. */
export default defineDiagnosis<Data>({
  id: 'epsv-default-family',
  group: 'address-family',
  title: 'address family of EPSV without an argument',
  severity: 'info',
  references: ['RFC 2428 section 3'],
  explanation:
    'EPSV without an argument is fully defined. RFC 2428 section 3 says it twice: the server chooses the network protocol of the data connection by the protocol of the control connection, and the 229 reply stands for the same protocol and the same address as the control connection. EPSV on an IPv4 control connection therefore gives an IPv4 data connection; EPSV has nothing to do with IPv6 only. A number after EPSV (1 = IPv4, 2 = IPv6) is meant for transfers between two servers, where that default may not suit. A server that does not speak the family asked for answers 522 and lists those it does (section 2).',
  remedies: [],
  triggers: { codes: [229] },
  perInput: true,
  inMany:
    'EPSV was used without an argument. By RFC 2428 section 3 the data connection then has the address family, and on the server the address, of the control connection; nothing is left open.',
  *detect(session) {
    let first: number | null = null;
    let more = 0;
    session.dataConnections.forEach((data, index) => {
      if (data.command !== 'EPSV' || data.replyCode !== 229 || (data.argument ?? '').trim() !== '') return;
      if (first === null) first = index;
      else more++;
    });
    if (first === null) return;
    const data = session.dataConnections[first]!;
    const exchange = setupOf(session, data);
    yield {
      lines: exchange === null ? [data.line] : [exchange, ...exchange.replies],
      data: { family: session.controlFamily, address: session.server.address, port: data.endpoint.port, more },
      side: 'unknown',
      certainty: 'certain',
      dataConnection: first,
    };
  },
  message: ({ family, address, port, more }) => {
    const where = address !== null && port !== null ? `, to ${address} port ${port}` : '';
    const rest = more === 0 ? '' : ` The same holds for ${more} more in this session.`;
    if (family === 'unknown')
      return `EPSV without an argument: the data connection has the address family of the control connection${where} (RFC 2428 section 3); the transcript does not show which that is.${rest}`;
    return `EPSV without an argument: the data connection is ${familyInWords(family)} because the control connection is${where} (RFC 2428 section 3).${rest}`;
  },
});
