import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { answersOf } from '../dialogue.ts';
import { quotedReply } from '../wording.ts';
import { supportedFamilies } from './supported-families.ts';

/** 522 that does not say which families the server speaks. */
export default defineDiagnosis<{ reply: string }>({
  id: 'epsv-522-without-list',
  group: 'address-family',
  title: '522 without the list of families',
  severity: 'notice',
  references: ['RFC 2428 section 2'],
  explanation:
    'A 522 to EPSV or EPRT has to list the address families that the server speaks, so that the client can choose another. vsftpd leaves the list out; clients have to fall back on the code alone.',
  remedies: [],
  triggers: { codes: [522] },
  *detect(session) {
    for (const { exchange, reply } of answersOf(session, [522])) {
      if (exchange.verbId !== Verb.EPSV && exchange.verbId !== Verb.EPRT) continue;
      if (supportedFamilies(reply.text) !== null) continue;
      yield { lines: [reply, exchange], data: { reply: quotedReply(reply) }, side: 'server', certainty: 'certain' };
      return;
    }
  },
  message: ({ reply }) => `The server's ${reply} does not list the address families it supports, as RFC 2428 demands.`,
});
