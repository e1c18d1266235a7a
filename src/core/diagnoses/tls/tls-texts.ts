import { Note } from '../../event.ts';
import type { Remark, Session } from '../../sessions/session.ts';

/** Remarks about TLS that failed, or that the client failed by. */
export const TLS_NOTES: readonly number[] = [
  Note.Other,
  Note.TlsFailed,
  Note.DataTlsFailed,
  Note.ClientError,
  Note.ServerError,
  Note.CertificateVerify,
  Note.CertificateMismatch,
  Note.ConnectionLost,
  Note.ConnectFailed,
];

/** The first remark about TLS whose text fits, rather one in words than the name of an alert; null if there is none. */
export function tlsRemark(session: Session, text: RegExp): Remark | null {
  const fitting = session.remarks.filter((remark) => TLS_NOTES.includes(remark.note) && text.test(remark.text));
  return fitting.find((remark) => !ALERT.test(remark.text)) ?? fitting[0] ?? null;
}

/** `TLSv1.3 (OUT), TLS alert, unknown CA (560):` */
const ALERT = /\bTLS alert, /;

/** Whether the session came to a login. */
export function isLoggedIn(session: Session): boolean {
  return session.login === 'accepted';
}

/** A certificate that is issued by itself or by nobody the client knows. */
export const UNTRUSTED =
  /self[- ]signed certificate|unable to get (?:local )?issuer|unable to verify|not trusted|unknown ca\b|UNABLE_TO|certificate is NOT trusted|No CA|issuer is unknown|verification failed|verify failed/i;
/** A certificate whose time is over, or has not come. */
export const EXPIRED = /certificate (?:has expired|is not yet valid)|certificate expired|has expired/i;
/** A certificate for another host. */
export const OTHER_NAME =
  /does not match (?:target )?(?:host|'|the)|no alternative certificate subject name|hostname does not match|name mismatch|NONE of .* match/i;
/** No version or cipher in common. */
export const NO_COMMON =
  /alert protocol version|handshake failure|unsupported protocol|no shared cipher|no ciphers? (?:available|match)|Handshake failed \(40\)|no protocols? available|inappropriate fallback|dh key too small|unsafe legacy/i;
