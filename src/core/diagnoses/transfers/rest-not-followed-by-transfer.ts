import { isTransferVerb, Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandAfter, commandsBetween, commandsOf } from '../dialogue.ts';

/** Commands that clients commonly send between REST and the transfer, and all servers let pass. */
const PASSES: readonly number[] = [Verb.PASV, Verb.EPSV, Verb.PORT, Verb.EPRT, Verb.NOOP, Verb.REST];

/** REST that does not stand before its transfer. */
export default defineDiagnosis<{ offset: string; between: string }>({
  id: 'rest-not-followed-by-transfer',
  group: 'transfers',
  title: 'command between REST and its transfer',
  severity: 'warning',
  references: ['RFC 3659 section 5.3'],
  explanation:
    'REST holds for the command right after it. Another command in between leaves it open whether the server still resumes: the file may be shifted or begin anew.',
  remedies: [
    { side: 'client', text: 'Send REST right before RETR or STOR; compare sizes or hashes after the resume.' },
  ],
  triggers: { verbs: ['REST'] },
  *detect(session) {
    for (const rest of commandsOf(session, [Verb.REST])) {
      const offset = (rest.argument ?? '').trim();
      if (/^0*$/.test(offset) || rest.final?.code !== 350) continue;
      const next = commandAfter(session, rest.order, ({ verbId }) => isTransferVerb(verbId) || verbId === Verb.REST);
      if (next === null || next.verbId === Verb.REST || next.verbId === Verb.LIST) continue;
      const between = commandsBetween(session, rest.order, next.order).find(({ verbId }) => !PASSES.includes(verbId));
      if (between === undefined) continue;
      yield {
        lines: [rest, between, next],
        data: { offset, between: between.verb ?? '' },
        severity: 'notice',
        side: 'client',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ offset, between }) =>
    `${between} stands between REST ${offset} and its transfer; not every server keeps the offset then.`,
});
