/** Lines that are no FTP dialogue, or the one of a program that has a format of its own. */

/** SMTP, POP3, IMAP and HTTP use verbs and codes of the same look. */
const OTHER_PROTOCOL =
  /(?:^|[\s>:])(?:EHLO|HELO|LHLO) \S|(?:^|[\s>:])(?:MAIL FROM|RCPT TO):|^\W{0,8}(?:S: |< )?(?:\+OK|-ERR)\b|^\W{0,8}(?:(?:GET|POST|HEAD|PUT|CONNECT) \S+ )?HTTP\/[12]|^\W{0,8}(?:S: )?220[ -].*\bE?SMTP\b/;
/** A new greeting after another protocol's dialogue. */
const GREETING = /^\W{0,12}(?:S: )?220[ -]/;
/** curl's remarks. */
const CURL = /^\* {1,3}\S/;
/** lftp's remarks and errors. */
const LFTP = /^(?:---- |\*{4} )/;
/** wget's header and steps, and what tnftp's `-d` prints: bare replies are theirs then. */
const BARE =
  /^(?:--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--|==> [A-Z]|DEBUG output created by|setupsockbufsize:|features\[FEAT_)/;

/** Remembers which programs a transcript's lines give away. */
export class ForeignLines {
  private otherProtocol = false;
  private curl = false;
  private lftp = false;
  private bare = false;

  /** Whether the line belongs to another protocol or program; takes note of it. */
  isForeign(line: string): boolean {
    if (OTHER_PROTOCOL.test(line)) this.otherProtocol = true;
    else if (this.otherProtocol && GREETING.test(line)) this.otherProtocol = false;
    if (CURL.test(line)) this.curl = true;
    else if (LFTP.test(line)) this.lftp = true;
    else if (BARE.test(line)) this.bare = true;
    else return this.otherProtocol;
    return true;
  }

  /** Whether lines with this mark are another program's. */
  refuses(mark: string): boolean {
    if (mark === '>' || mark === '<') return this.curl;
    if (mark === '--->' || mark === '<---') return this.lftp || this.bare;
    return (mark === '' || mark === '-->') && this.bare;
  }
}
