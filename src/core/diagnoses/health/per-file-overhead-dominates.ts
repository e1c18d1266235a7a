import { defineDiagnosis } from '../diagnosis.ts';
import { bytesInWords, durationInWords } from '../wording.ts';
import { medianOf } from './reply-times.ts';

const SMALL_BYTES = 64 * 1024;
const ENOUGH = 50;
const DATA_SHARE = 0.3;

/** Thousands of small files. */
export default defineDiagnosis<{ files: number; medianBytes: number; wallMs: number; dataMs: number }>({
  id: 'per-file-overhead-dominates',
  group: 'health',
  title: 'many small files',
  severity: 'info',
  references: ['RFC 959 section 3.4.1'],
  explanation:
    'Each file needs a data connection and several commands of its own. With many small files that takes longer than the data.',
  remedies: [{ side: 'client', text: 'Pack the files into one archive, or use a few parallel connections.' }],
  triggers: { verbs: ['RETR', 'STOR'] },
  *detect(session) {
    if (session.transfers.length < ENOUGH || session.durationMs === null || session.durationMs <= 0) return;
    const files = session.transfers.filter(
      ({ direction, outcome }) => direction !== 'listing' && outcome === 'completed',
    );
    const sizes = files
      .map(({ transferredBytes, announcedBytes }) => transferredBytes ?? announcedBytes)
      .filter((size) => size !== null);
    const medianBytes = medianOf(sizes);
    if (files.length < ENOUGH || sizes.length < ENOUGH || medianBytes === null || medianBytes >= SMALL_BYTES) return;
    let dataMs = 0;
    for (const { durationMs } of files) dataMs += durationMs ?? 0;
    if (dataMs >= DATA_SHARE * session.durationMs) return;
    yield {
      lines: [files[0]!.firstLine, files[files.length - 1]!.firstLine],
      data: { files: files.length, medianBytes, wallMs: session.durationMs, dataMs },
      side: 'client',
      certainty: 'likely',
    };
  },
  message: ({ files, medianBytes, wallMs, dataMs }) =>
    `${files} files of mostly ${bytesInWords(medianBytes)} took ${durationInWords(wallMs)}, of which data moved for ${durationInWords(dataMs)}.`,
});
