import { Note } from '../../event.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { durationInWords } from '../wording.ts';

/** What FileZilla says once it has compared the time of a listed file with the answer to MDTM. */
const OFFSET = /^Timezone offset of server is (-?\d{1,6}) seconds/;
/** Time zones differ by whole quarter hours; anything else is a file that changed, or a clock. */
const QUARTER_HOUR_SECONDS = 900;

/** Listings tell times in the server's zone. */
export default defineDiagnosis<{ offsetSeconds: number }>({
  id: 'listing-timezone-offset',
  group: 'health',
  title: 'times in listings that are not UTC',
  severity: 'info',
  references: ['RFC 3659 sections 2.3 and 7.5.3'],
  explanation:
    'LIST tells times in whatever zone the server likes, while MDTM and MLSD tell them in UTC. A client that does not reckon with it takes files for newer or older than they are, and copies too much or too little.',
  remedies: [
    { side: 'client', text: 'Use MLSD where the server lists MLST in FEAT.' },
    { side: 'FileZilla client', text: 'Where times stay wrong, set the server time offset of the site.' },
    { side: 'server', text: 'Let listings tell times in UTC.' },
  ],
  triggers: { notes: [Note.Other] },
  *detect(session) {
    for (const remark of session.remarks) {
      const offsetSeconds = Number(OFFSET.exec(remark.text)?.[1] ?? 0);
      if (offsetSeconds === 0 || offsetSeconds % QUARTER_HOUR_SECONDS !== 0) continue;
      yield { lines: [remark], data: { offsetSeconds }, side: 'server', certainty: 'likely' };
      return;
    }
  },
  message: ({ offsetSeconds }) =>
    `Times in the listings of this server are ${durationInWords(Math.abs(offsetSeconds) * 1000)} away from UTC, as the client found by asking for the time of a file.`,
});
