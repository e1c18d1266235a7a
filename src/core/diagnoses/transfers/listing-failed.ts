import { Note } from '../../event.ts';
import type { Session } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { exchangeOf } from '../dialogue.ts';
import { quotedReply, shortened } from '../wording.ts';
import { attributionOf } from './attribution.ts';

/** What explains a failed listing better, gravest first. */
const CAUSES: readonly string[] = [
  'epsv-refused-on-ipv6',
  'epsv-522-unsupported-protocol',
  'epsv-all-violation',
  'epsv-reply-malformed',
  'pasv-on-ipv6-control',
  'pasv-zero-address',
  'port-on-ipv6-control',
  'eprt-family-mismatch',
  'port-malformed',
  'port-private-address',
  'active-connect-failed',
  'passive-mode-refused',
  'active-mode-refused',
  'bounce-attempt',
  'pasv-private-address',
  'pasv-wrong-public-address',
  'data-connect-timeout',
  'data-connect-refused',
  'data-connect-unreachable',
  'data-connection-never-arrived',
  'data-setup-missing',
  'passive-port-pool-exhausted',
  'external-address-lookup-failed',
  'data-peer-ip-mismatch',
  'transfer-426-client-abort',
  'transfer-426-client-closed-data',
  'transfer-426-stall-timeout',
  'transfer-426-network-reset',
  'transfer-426-undetermined',
  'final-reply-missing',
  'client-inactivity-timeout',
  'file-not-found',
  'file-locked-or-denied',
  'list-option-as-path',
  'prot-p-required',
  'tls-session-not-resumed',
  'client-refuses-unresumed-tls',
  'tls-data-handshake-failed',
  'tls-data-close-notify-missing',
  'server-crash-oops',
  'command-before-login',
  'transfer-451-local-error',
  'iis-minimum-bandwidth',
  'pret-required',
  'server-unavailable',
  'idle-timeout-421',
  'control-connection-broken',
];

/** The directory could not be listed. */
export default defineDiagnosis<{ said: string; path: string | null }>({
  id: 'listing-failed',
  group: 'transfers',
  title: 'failed directory listing',
  severity: 'error',
  references: ['RFC 959 section 4.1.3 (LIST)', 'RFC 3659 section 7'],
  explanation:
    'The listing of a directory is mostly the first transfer of a session, so whatever is wrong with data connections, TLS or rights shows here first. Look at the finding that this one follows from.',
  remedies: [],
  triggers: { verbs: ['LIST', 'NLST', 'MLSD'], notes: [Note.ClientError], traits: ['troubled'] },
  follows: CAUSES,
  *detect(session) {
    for (let index = 0; index < session.transfers.length; index++) {
      const transfer = session.transfers[index]!;
      if (transfer.direction !== 'listing') continue;
      if (transfer.outcome !== 'failed' && transfer.outcome !== 'aborted') continue;
      if (isStopped(session, index)) continue;
      const final = exchangeOf(session, transfer)?.final ?? null;
      // An empty directory: NLST and some LISTs have nothing to send.
      if (final !== null && final.code === 450 && /no (?:such )?files? (?:found|matched)/i.test(final.text)) continue;
      const error = session.vantage === 'client' ? transfer.clientError : null;
      if (final === null && error === null) continue;
      const isRefused = final !== null && final.code >= 400;
      yield {
        lines: [isRefused ? final : (error?.line ?? final!), transfer.firstLine],
        data: { said: isRefused ? quotedReply(final) : `"${shortened(error?.text ?? '')}"`, path: transfer.path },
        side: 'unknown',
        certainty: 'possible',
        transfer: index,
        dataConnection: transfer.dataConnection,
      };
      return;
    }
    const remark = session.remarks.find(
      ({ note, text }) => note === Note.ClientError && /retrieve directory listing/i.test(text),
    );
    if (remark !== undefined)
      yield { lines: [remark], data: { said: `"${remark.text}"`, path: null }, side: 'unknown', certainty: 'possible' };
  },
  message: ({ said, path }) =>
    `The directory${path === null || path === '' ? '' : ` "${shortened(path, 60)}"`} could not be listed: ${said}.`,
});

/** A listing that the client did not want any more has not failed. */
function isStopped(session: Session, index: number): boolean {
  return attributionOf(session, index)?.verdict === 'client-abort';
}
