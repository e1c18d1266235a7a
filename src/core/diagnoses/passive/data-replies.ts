/** What a refusal of a transfer says of its data connection. */

import type { Reply } from '../../sessions/session.ts';

/** `no-connection`: it did not come about; `broken`: it stood and then broke. */
export type DataProblem =
  | 'set-up-missing'
  | 'peer-mismatch'
  | 'tls'
  | 'protection'
  | 'no-port'
  | 'bandwidth'
  | 'broken'
  | 'no-connection';

const PROBLEMS: readonly (readonly [RegExp, DataProblem])[] = [
  [/^Use (?:PORT|PASV|EPRT|EPSV)\b|^No data connection$|PORT or PASV first/i, 'set-up-missing'],
  [/do not match|Bad IP connecting|foreign IP|EINVAL/i, 'peer-mismatch'],
  [/PROT C|PROT P|PROT setting|must be encrypted|required on the data/i, 'protection'],
  [/\b(?:TLS|SSL|ALPN)\b|secure|EPROTO|Operation not permitted/i, 'tls'],
  [/Could not create socket|Can['’]t create socket|reserved TCP ports|Cannot prepare|Internal error/i, 'no-port'],
  [/minimum bandwidth/i, 'bandwidth'],
  [/transferr?ing data|Error (?:reading|writing)|ECONNRESET|ECONNABORTED|EPIPE|Broken pipe/i, 'broken'],
];

/** What the 425 (or 421, 5xx) means; `no-connection` where the text names nothing else. */
export function dataProblemOf(reply: Reply): DataProblem {
  for (const [text, problem] of PROBLEMS) if (text.test(reply.text)) return problem;
  return 'no-connection';
}
