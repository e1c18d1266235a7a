import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { isAnonymous } from '../dialogue.ts';

const CHANGES: readonly number[] = [Verb.STOR, Verb.APPE, Verb.STOU, Verb.MKD, Verb.DELE, Verb.RMD, Verb.RNTO];

/** Everybody may log in. */
export default defineDiagnosis<{ changed: string | null }>({
  id: 'anonymous-accepted',
  group: 'login',
  title: 'anonymous login accepted',
  severity: 'notice',
  references: ['RFC 1635'],
  explanation:
    'The server lets everybody in as "anonymous". That is meant for public files; it should not be able to change anything.',
  remedies: [{ side: 'server', text: 'Remove the anonymous account if it is not meant, or take its rights to write.' }],
  triggers: { codes: [230] },
  perInput: true,
  inMany: 'The server accepts anonymous logins.',
  *detect(session) {
    if (session.login !== 'accepted' || !isAnonymous(session.user)) return;
    const login = session.exchanges.find(({ final }) => final?.code === 230);
    if (login === undefined) return;
    const changed = session.exchanges.find(
      ({ verbId, final }) => CHANGES.includes(verbId) && final !== null && final.code < 300,
    );
    yield {
      lines: [login.final!, ...(changed === undefined ? [] : [changed, ...changed.replies])],
      data: { changed: changed?.verb ?? null },
      side: 'server',
      certainty: 'certain',
    };
  },
  message: ({ changed }) =>
    `The server accepted an anonymous login${changed === null ? '' : `, which then changed something there (${changed})`}.`,
});
