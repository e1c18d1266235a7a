import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';

/** IPv6 was tried, IPv4 is used. */
export default defineDiagnosis<{ failed: string; used: string; isFailed: boolean }>({
  id: 'happy-eyeballs-fallback',
  group: 'address-family',
  title: 'IPv6 tried, IPv4 used',
  severity: 'notice',
  references: ['RFC 8305'],
  explanation:
    'The name has an IPv6 address, which did not answer or answered later than the IPv4 address. The family of the control connection also decides the family of every data connection that EPSV sets up.',
  remedies: [
    { side: 'server', text: 'Let the server listen on IPv6, or remove the AAAA record.' },
    { side: 'client', text: 'curl -4 saves the attempt; --happy-eyeballs-timeout-ms sets how long IPv6 is preferred.' },
  ],
  triggers: { notes: [Note.ConnectAttempt, Note.ConnectFailed] },
  follows: ['server-ipv4-only'],
  *detect(session) {
    // The attempts were for the proxy; which family reaches the server, only the proxy knows.
    if (session.proxy !== null) return;
    const used = session.connectAttempts.find(({ family, outcome }) => family === 'ipv4' && outcome === 'connected');
    if (used === undefined || session.controlFamily === 'ipv6') return;
    const tried = session.connectAttempts.find(
      ({ family, outcome, line }) => family === 'ipv6' && outcome !== 'connected' && line <= used.line,
    );
    if (tried === undefined) return;
    yield {
      lines: [tried.line, used.line],
      data: { failed: tried.address, used: used.address, isFailed: tried.outcome === 'failed' },
      side: tried.outcome === 'failed' ? 'server' : 'unknown',
      certainty: 'possible',
    };
  },
  message: ({ failed, used, isFailed }) =>
    `The client tried ${failed} (IPv6) first and connected to ${used} (IPv4)${isFailed ? ' because the first attempt failed' : ''}; every EPSV of this session therefore means IPv4.`,
});
