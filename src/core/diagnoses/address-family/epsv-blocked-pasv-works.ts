import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { remarksBetween, setupOf } from '../dialogue.ts';
import { OPEN_PASSIVE_RANGE } from '../remedies.ts';
import { fallbacksOf, wentWell } from './set-up.ts';

/** The port that 229 announced cannot be reached, the one of 227 can. */
export default defineDiagnosis<{ port: number | null; failure: string }>({
  id: 'epsv-blocked-pasv-works',
  group: 'address-family',
  title: 'data connection after EPSV fails, after PASV works',
  severity: 'warning',
  references: ['RFC 2428 section 3'],
  explanation:
    'The server accepted EPSV, but the announced port could not be reached; after PASV in the same session it could. Typical of a firewall or NAT whose FTP helper opens the port that it reads in a 227 reply and does not know 229.',
  remedies: [
    ...OPEN_PASSIVE_RANGE,
    { side: 'network', text: 'Do not rely on the FTP helper, or update it to one that knows EPSV.' },
    { side: 'client', text: 'curl --disable-epsv avoids the wait on each run until that is done.' },
  ],
  triggers: { codes: [229], traits: ['client'] },
  *detect(session) {
    if (session.vantage !== 'client') return;
    for (const { first, firstIndex, next, nextIndex } of fallbacksOf(session, 'EPSV', 'PASV')) {
      if (first.replyCode !== 229 || next.replyCode !== 227 || first.outcome === 'used') continue;
      if (!wentWell(session, nextIndex)) continue;
      const setup = setupOf(session, first);
      const used = setupOf(session, next);
      if (setup === null || used === null) continue;
      // Without a word of the failed attempt, it may have been the client's own choice.
      const remarks = remarksBetween(session, setup.order, used.order, [Note.DataFailed, Note.FallBack]);
      if (first.outcome !== 'unreachable' && remarks.length === 0) continue;
      yield {
        lines: [...remarks, setup, ...setup.replies, used, ...used.replies],
        data: { port: first.endpoint.port, failure: FAILURES[first.failure ?? ''] ?? 'could not be made' },
        side: 'network',
        certainty: 'likely',
        dataConnection: firstIndex,
      };
      return;
    }
  },
  message: ({ port, failure }) =>
    `The server accepted EPSV, but the data connection${port === null ? '' : ` to port ${port}`} ${failure}; after PASV it worked. A firewall or NAT on the path probably handles 227 replies and not 229.`,
});

const FAILURES: Readonly<Record<string, string>> = {
  timeout: 'got no answer',
  refused: 'was refused',
  reset: 'was reset',
  'no-route': 'found no route',
};
