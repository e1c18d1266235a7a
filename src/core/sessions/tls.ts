import { Note } from '../event.ts';
import { Verb } from '../ftp/verbs.ts';
import type * as report from '../report.ts';
import type { Dialogue } from './exchanges.ts';
import type { Course } from './walk.ts';

/**
 * What protects the session. `cutHead`: the session's start is not shown, so the absence of AUTH proves nothing.
 * `port`: the server's, where known.
 */
export function readTls(
  dialogue: Dialogue,
  course: Course,
  cutHead: boolean,
  port: number | null,
): report.Session['tls'] {
  const control = controlProtection(dialogue, course, cutHead, port);
  const facts = new Map<number, string>();
  let verified: string | null = null;
  for (const remark of dialogue.remarks) {
    if (remark.note >= Note.TlsVersion && remark.note <= Note.CertificateVerify && !facts.has(remark.note))
      facts.set(remark.note, remark.text);
    if (remark.note === Note.CertificateVerify) verified ??= remark.text;
  }
  const subject = facts.get(Note.CertificateSubject) ?? null;
  const issuer = facts.get(Note.CertificateIssuer) ?? null;
  const notAfter = facts.get(Note.CertificateNotAfter) ?? null;
  const shown = subject !== null || issuer !== null || notAfter !== null || verified !== null;
  return {
    control,
    data: dataProtection(control, dialogue, course),
    version: facts.get(Note.TlsVersion) ?? null,
    cipher: facts.get(Note.TlsCipher) ?? null,
    certificate: shown ? { subject, issuer, notAfter, verifyResult: verified } : null,
  };
}

function controlProtection(
  dialogue: Dialogue,
  course: Course,
  cutHead: boolean,
  port: number | null,
): report.Session['tls']['control'] {
  if (course.authAccepted || course.authUnanswered) return 'explicit';
  const firstReply = dialogue.exchanges[0]?.replies[0];
  for (const remark of dialogue.remarks) {
    // TLS without AUTH is implicit, also where the log shows the greeting before it (FileZilla Server 0.9).
    if (remark.note === Note.TlsConnected)
      return cutHead ? 'unknown' : isHidden(dialogue, port) ? 'explicit' : 'implicit';
    if (remark.note !== Note.TlsHandshake && remark.note !== Note.TlsVersion) continue;
    if (firstReply === undefined) return 'unknown';
    if (remark.order < firstReply.order) return isHidden(dialogue, port) ? 'explicit' : 'implicit';
  }
  if (course.authRefused && showsClearDialogue(dialogue)) return 'none';
  if (course.protectionBuffer || course.protection !== null) return cutHead ? 'unknown' : 'implicit';
  if (cutHead) return 'unknown';
  return showsClearDialogue(dialogue) ? 'none' : 'unknown';
}

function dataProtection(
  control: report.Session['tls']['control'],
  dialogue: Dialogue,
  course: Course,
): report.Session['tls']['data'] {
  if (course.protection === 'P' || dialogue.remarks.some((remark) => remark.note === Note.DataTlsConnected))
    return 'private';
  if (control === 'none') return 'clear';
  if (control === 'unknown' || course.transfers.length === 0) return 'unknown';
  // RFC 2228 section 3: the data channel is clear until PROT says otherwise.
  return 'clear';
}

/** Whether greeting and login are hidden, and with them AUTH: on port 21 TLS cannot have begun before the greeting. */
function isHidden(dialogue: Dialogue, port: number | null): boolean {
  const first = dialogue.exchanges[0];
  const startShown = first !== undefined && (first.verb === null || first.verbId === Verb.USER);
  return !startShown && port === 21;
}

/** Whether commands are readable: with the session's start shown they would stand after AUTH, had there been any. */
function showsClearDialogue(dialogue: Dialogue): boolean {
  return dialogue.exchanges.some(({ verb, verbId }) => verb !== null && verbId !== Verb.AUTH && verbId !== Verb.QUIT);
}
