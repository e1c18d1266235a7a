import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { quotedReply } from '../wording.ts';
import { acceptedEpsvAll } from './epsv-argument.ts';

/** The server accepts EPSV ALL and does not keep to it. */
export default defineDiagnosis<{ said: string }>({
  id: 'epsv-all-not-honoured',
  group: 'address-family',
  title: 'EPSV ALL accepted and not enforced',
  severity: 'notice',
  references: ['RFC 2428 section 3'],
  explanation:
    'After EPSV ALL the server has to refuse every other way to set up a data connection. FileZilla Server 0.9 takes EPSV ALL for a plain EPSV and opens a port; Pure-FTPd refuses PORT and EPRT and still accepts PASV.',
  remedies: [{ side: 'client', text: 'Do not rely on EPSV ALL with this server.' }],
  triggers: { verbs: ['EPSV'], traits: ['epsvArgument'] },
  *detect(session) {
    const promise = acceptedEpsvAll(session);
    if (promise?.final == null) return;
    const passive = session.exchanges.find(
      ({ verbId, order, final }) => order > promise.order && verbId === Verb.PASV && final?.code === 227,
    );
    if (promise.final.code !== 229 && passive === undefined) return;
    yield {
      lines: [promise, promise.final, ...(passive === undefined ? [] : [passive, passive.final!])],
      data: {
        said:
          passive === undefined
            ? `answered EPSV ALL with ${quotedReply(promise.final)} as if it were EPSV`
            : 'accepted PASV after EPSV ALL',
      },
      side: 'server',
      certainty: 'certain',
    };
  },
  message: ({ said }) => `The server ${said}; RFC 2428 demands that it refuse everything but EPSV from then on.`,
});
