import { defineDiagnosis } from '../diagnosis.ts';
import { peerOf, setupOf, transferOver } from '../dialogue.ts';

/** A client inside is sent to the outer address. */
export default defineDiagnosis<{ announced: string; peer: string; failed: boolean }>({
  id: 'nat-hairpin',
  group: 'passive',
  title: 'inner client sent to the outer address',
  severity: 'warning',
  references: ['RFC 959 section 4.1.2 (PASV)'],
  explanation:
    'Client and server talk over inner addresses, but the 227 reply names a public one. It works only if the router sends such connections back inside.',
  remedies: [
    { side: 'server', text: 'Let the server announce its inner address to inner clients.' },
    { side: 'FileZilla Server 1.x', text: 'Tick "Use local IP for local connections".' },
    { side: 'FileZilla Server 0.9', text: 'Tick "Don\'t use external IP for local connections".' },
  ],
  triggers: { codes: [227], traits: ['inside'] },
  *detect(session) {
    const peer = peerOf(session);
    if (peer.range !== 'private' || peer.address === null) return;
    const all = session.dataConnections
      .map((data, index) => ({ data, index, outcome: transferOver(session, index)?.transfer.outcome }))
      .filter(({ data }) => data.command === 'PASV' && data.replyCode === 227 && data.endpoint.range === 'public');
    const found = all.find(({ data, outcome }) => data.outcome === 'unreachable' || outcome === 'failed') ?? all[0];
    if (found === undefined) return;
    const exchange = setupOf(session, found.data);
    const failed = found.data.outcome === 'unreachable' || found.outcome === 'failed';
    yield {
      lines: exchange === null ? [found.data.line] : [...exchange.replies, exchange],
      data: { announced: found.data.endpoint.address!, peer: peer.address, failed },
      severity: failed ? 'warning' : 'notice',
      side: 'server',
      certainty: failed ? 'likely' : 'possible',
      dataConnection: found.index,
    };
  },
  message: ({ announced, peer, failed }) =>
    `The reply to PASV names the public address ${announced}, although the control connection is with ${peer} inside. ${failed ? 'The router probably does not send such connections back inside.' : 'It works only if the router sends such connections back inside.'}`,
});
