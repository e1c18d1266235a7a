import { Note } from '../../event.ts';
import type { Session } from '../../sessions/session.ts';
import { defineDiagnosis } from '../diagnosis.ts';
import { shortened } from '../wording.ts';

/** Remarks that other diagnoses speak of. */
const TOLD: readonly number[] = [
  Note.ConnectFailed,
  Note.ConnectionLost,
  Note.PeerRefused,
  Note.DataFailed,
  Note.DataBroken,
  Note.TlsFailed,
  Note.DataTlsFailed,
  Note.ClientTimeout,
  Note.TransferStopped,
  Note.TransferCut,
  Note.TransferFailed,
  Note.LoginRefused,
];

/** The client ended with an error, and the dialogue shows nothing wrong. */
export default defineDiagnosis<{ said: string; code: number | null; isBare: boolean }>({
  id: 'client-reported-error',
  group: 'health',
  title: 'error of the client that the dialogue does not explain',
  severity: 'notice',
  references: ['libcurl error codes'],
  explanation:
    'The client reports an error, although the server refused nothing and no connection failed, as far as the transcript shows. The reason lies with the client (its command line, a local file), or in lines that the transcript does not have.',
  remedies: [
    {
      side: 'client',
      text: 'Look the error up in the manual of the client; run it again with a full transcript (curl -v).',
    },
  ],
  triggers: { notes: [Note.ClientError] },
  follows: [
    'listing-failed',
    'control-connect-failed',
    'client-inactivity-timeout',
    'charset-mismatch',
    'resume-offset-invalid',
  ],
  *detect(session) {
    if (session.vantage !== 'client' || isExplained(session)) return;
    const error = session.remarks.find(({ note }) => note === Note.ClientError);
    if (error === undefined) return;
    const isCurl = session.format.startsWith('curl') && Number.isFinite(error.value);
    yield {
      lines: [error],
      data: { said: shortened(error.text), code: isCurl ? error.value : null, isBare: session.exchanges.length === 0 },
      side: 'client',
      certainty: 'possible',
    };
  },
  message: ({ said, code, isBare }) => {
    const number = code === null ? '' : ` (curl error ${code})`;
    return isBare
      ? `The client reports "${said}"${number}; the dialogue that led to it is not shown.`
      : `The client reports an error that the dialogue does not explain: "${said}"${number}.`;
  },
});

function isExplained({ errors, login, end, transfers, dataConnections, remarks }: Session): boolean {
  return (
    errors.length > 0 ||
    login === 'refused' ||
    end === 'refused' ||
    end === 'dropped' ||
    end === 'timed-out' ||
    transfers.some(({ outcome }) => outcome === 'aborted' || outcome === 'failed') ||
    dataConnections.some(({ outcome }) => outcome === 'unreachable') ||
    remarks.some(({ note }) => TOLD.includes(note))
  );
}
