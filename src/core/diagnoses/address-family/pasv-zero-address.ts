import { defineDiagnosis } from '../diagnosis.ts';
import { setupOf, transferOver } from '../dialogue.ts';
import { repairOf } from '../passive/unroutable.ts';
import { ANNOUNCE_PUBLIC_ADDRESS } from '../remedies.ts';

/** 227 without an address. */
export default defineDiagnosis<{ isIpv6: boolean; worked: boolean }>({
  id: 'pasv-zero-address',
  group: 'address-family',
  title: 'reply to PASV with the address 0.0.0.0',
  severity: 'error',
  references: ['RFC 959 section 4.1.2 (PASV)'],
  explanation:
    'The server announces 0.0.0.0 in 227. It does not know its address: on IPv6 it has none that fits (vsftpd), elsewhere the setting for its outer address is wrong. Only clients that ignore the address get through.',
  remedies: [{ side: 'client', text: 'Use EPSV, which carries no address.' }, ...ANNOUNCE_PUBLIC_ADDRESS],
  triggers: { codes: [227], traits: ['unroutable'] },
  follows: ['pasv-on-ipv6-control'],
  *detect(session) {
    for (let index = 0; index < session.dataConnections.length; index++) {
      const data = session.dataConnections[index]!;
      if (data.command !== 'PASV' || data.endpoint.address !== '0.0.0.0') continue;
      const exchange = setupOf(session, data);
      const worked = data.outcome === 'used' || transferOver(session, index)?.transfer.outcome === 'completed';
      yield {
        lines: exchange === null ? [data.line] : [...exchange.replies, exchange],
        data: { isIpv6: session.controlFamily === 'ipv6', worked },
        severity: worked || repairOf(session, index) !== null ? 'notice' : 'error',
        side: 'server',
        certainty: 'certain',
        dataConnection: index,
      };
      return;
    }
  },
  message: ({ isIpv6, worked }) =>
    `The reply to PASV announces the address 0.0.0.0${isIpv6 ? ', because the control connection is IPv6' : ''}. ${worked ? 'This client ignored it; others will fail.' : 'A client cannot connect there.'}`,
});
