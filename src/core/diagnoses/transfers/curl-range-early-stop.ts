import { Verb } from '../../ftp/verbs.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { commandsOf } from '../dialogue.ts';

const STOPPED = /partial download completed|Maximum file size exceeded/i;

/** curl stopped where it was told to. */
export default defineDiagnosis<{ isRange: boolean }>({
  id: 'curl-range-early-stop',
  group: 'transfers',
  title: 'download stopped by curl on purpose',
  severity: 'notice',
  references: ['curl manual (--range, --max-filesize)'],
  explanation:
    'curl was told to fetch only a part of the file (-r) or to stop at a size. FTP has no command for the end of a range, so curl reads as much as it wants and aborts the rest; the 426 that follows is no failure.',
  remedies: [],
  triggers: { traits: ['client'] },
  *detect(session) {
    if (session.vantage !== 'client') return;
    const remark = session.remarks.find(({ text }) => STOPPED.test(text));
    if (remark === undefined) return;
    const abort = [...commandsOf(session, [Verb.ABOR])].find(({ order }) => order < remark.order);
    yield {
      lines: [remark, ...(abort === undefined ? [] : [abort, ...abort.replies])],
      data: { isRange: /partial/i.test(remark.text) },
      side: 'client',
      certainty: 'certain',
    };
  },
  message: ({ isRange }) =>
    isRange
      ? 'curl had all it wanted (a range of the file) and stopped the download on purpose.'
      : 'curl stopped because the file is larger than it was allowed to fetch.',
});
