import { isDataSetupVerb, isTransferVerb, Verb } from './verbs.ts';

/** How well a reply code fits a command. */
export const Fit = { No: 0, Any: 1, Own: 2 } as const;
export type Fit = (typeof Fit)[keyof typeof Fit];

/**
 * Success and intermediate replies that belong to a verb (RFC 959 section 5.4, RFC 2228 section 6, RFC 2389, RFC 2428,
 * RFC 3659), with what servers send in practice.
 */
const OWN: readonly (readonly [number, readonly number[]])[] = [
  [Verb.ABOR, [225, 226, 426]],
  [Verb.ACCT, [202, 230]],
  [Verb.ALLO, [200, 202]],
  [Verb.AUTH, [234, 334]],
  [Verb.CCC, [200]],
  // Some servers answer CDUP and CWD with 200.
  [Verb.CDUP, [200, 250]],
  [Verb.CWD, [200, 250]],
  [Verb.XCWD, [200, 250]],
  [Verb.DELE, [250]],
  [Verb.EPRT, [200, 522]],
  // Pure-FTPd answers `EPSV ALL` with 220, FileZilla Server 1.x and vsftpd with 200.
  [Verb.EPSV, [200, 220, 229, 522]],
  [Verb.FEAT, [211]],
  [Verb.HELP, [211, 214]],
  [Verb.HOST, [220]],
  [Verb.MDTM, [213]],
  [Verb.MKD, [257]],
  [Verb.MLST, [250]],
  [Verb.MODE, [200]],
  [Verb.NOOP, [200]],
  [Verb.OPTS, [200, 202]],
  [Verb.PASS, [202, 230, 232, 332, 530]],
  [Verb.PASV, [227]],
  [Verb.LPSV, [228]],
  [Verb.PBSZ, [200]],
  [Verb.PORT, [200]],
  [Verb.LPRT, [200]],
  [Verb.PROT, [200, 534, 536]],
  [Verb.PWD, [257]],
  [Verb.XPWD, [257]],
  [Verb.QUIT, [221]],
  [Verb.REIN, [120, 220]],
  [Verb.REST, [350]],
  [Verb.RMD, [250]],
  [Verb.RNFR, [350]],
  [Verb.RNTO, [250]],
  [Verb.SITE, [200, 202, 214, 250]],
  [Verb.SIZE, [213]],
  // FileZilla Server 1.x answers `STAT path` with 221 lines.
  [Verb.STAT, [211, 212, 213, 221]],
  [Verb.SYST, [215]],
  [Verb.TYPE, [200]],
  [Verb.USER, [230, 232, 331, 332, 530]],
];
const TRANSFER_CODES: ReadonlySet<number> = new Set([
  110, 125, 150, 225, 226, 250, 425, 426, 450, 451, 452, 521, 522, 552,
]);

const own = new Map<number, ReadonlySet<number>>(OWN.map(([verb, codes]) => [verb, new Set(codes)]));

/** How well `code` fits `verb`: its own replies, replies that any command may get, or none of them. */
export function fitOf(verb: number, code: number): Fit {
  if (isTransferVerb(verb)) {
    if (TRANSFER_CODES.has(code)) return Fit.Own;
    return code >= 400 ? Fit.Any : Fit.No;
  }
  const codes = own.get(verb);
  if (codes?.has(code)) return Fit.Own;
  if (code >= 400) return code === 426 || (code === 425 && !isDataSetupVerb(verb)) ? Fit.No : Fit.Any;
  // A verb that this table does not know may get any success; one that it knows gets its own, or a bare "command okay".
  if (codes === undefined) return code >= 200 ? Fit.Any : Fit.No;
  return code === 200 || code === 202 || code === 250 ? Fit.Any : Fit.No;
}

/** Whether a positive answer to a data set-up command of this verb; 229 and 227 also where another set-up was asked for. */
export function isSetupAccepted(verb: number, code: number): boolean {
  if (verb === Verb.EPSV) return code === 229;
  if (verb === Verb.PASV) return code === 227;
  if (verb === Verb.LPSV) return code === 228;
  return code >= 200 && code < 300;
}

/** pyftpdlib gives up the session where no data connection comes about in time, and makes that of active mode at PORT already. */
const NEVER_CONNECTED = /^(?:(?:Passive|Active) data channel timed out|Can't connect to specified address)/i;

/** Whether the reply says that no data connection came about, whatever command it answers. */
export function saysNeverConnected(code: number, text: string): boolean {
  return (code === 421 || code === 425) && NEVER_CONNECTED.test(text);
}
