/** Why a connection failed, out of what operating systems and programs say. */
import { Failure } from '../event.ts';

/** Error names and sentences, each with what it means; the first that fits counts. */
const WORDS: readonly (readonly [RegExp, Failure])[] = [
  [/ECONNREFUSED|actively refused|refused/i, Failure.Refused],
  [/ETIMEDOUT|WSAETIMEDOUT|timed? ?out/i, Failure.Timeout],
  [
    /EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|no route|unreachable|cannot assign requested/i,
    Failure.NoRoute,
  ],
  [
    /EAI_|ENOTFOUND|not known|unknown host|resolve|resolution|name or service|no address associated|no such host/i,
    Failure.NoName,
  ],
  [/ECONNRESET|EPIPE|reset|broken pipe|forcibly closed/i, Failure.Reset],
  [/GnuTLS|TLS|SSL|certificate|handshake/i, Failure.Tls],
  [/ECONNABORTED|aborted|closed|peer closed|disconnected|lost/i, Failure.Closed],
];

/** The failure that `text` names, {@link Failure.Unknown} if none. */
export function failureIn(text: string): Failure {
  for (const [words, failure] of WORDS) if (words.test(text)) return failure;
  return Failure.Unknown;
}
