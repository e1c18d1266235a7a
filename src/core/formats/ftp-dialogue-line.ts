/** The parts of a dialogue's line: what a program or a logger put before it, the mark of direction, and the text. */

/** Stamps with a date, and without a year or a date at all. */
const DATED = String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[T ,]+\d{1,2}:\d\d:\d\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}[ ,]+\d{1,2}:\d\d:\d\d`;
const UNDATED = String.raw`(?:\d{1,2}[-/]\d{1,2} )?\d{1,2}:\d\d:\d\d`;
const STAMP = String.raw`(?:${DATED}|${UNDATED})(?:[.,:]\d{1,9})?(?: ?[AP]M)?(?:Z|[+-]\d\d:?\d\d)?`;
/** What loggers put before a line: stamps, groups in brackets, `client.js:278`, levels, `Net::FTP=GLOB(0x8a3f0)`, `FtpControlStream#7 - `. */
const PREFIX_PARTS = [
  STAMP,
  // FileZilla Server's sessions and types of line are another format's.
  String.raw`\[(?!FTP S|(?:Response|Command|Status|Error|Trace)\])[^\][]{1,60}\]`,
  String.raw`[\w.-]{1,60}\.\w{1,5}:\d{1,6}`,
  String.raw`(?:TRACE|DEBUG|INFO|NOTICE|DBG|INF|Debug|Info|debug|info|trace|verbose)\b:?`,
  String.raw`System\.Net \w{1,20}: \d{1,9} :`,
  String.raw`Net::\w{1,20}(?:=\w{1,20})?\(0x[0-9a-f]{1,16}\)`,
  String.raw`\w{0,20}(?:Stream|Request|Client|Connection|Session|Thread)#\d{1,12}`,
];
const PREFIX = new RegExp(String.raw`^(?:(?:${PREFIX_PARTS.join('|')})[ \t]*(?:[-|:][ \t]+)?){0,5}`);

/** Words of programs that say which way a line went; with a colon or the like behind them. */
const SENT = 'Sent|SENT|sent|Send|SEND|Sending|TX|SND|put|OUT|Out|out|outgoing header|Sending command|Sending';
const RECEIVED =
  'Recv|RECV|recv|Rcvd|RCVD|Received|received|RX|RCV|get|IN|In|in|incoming header|Received response|Received';
const PARTIES = 'C|S|c|s|CLIENT|SERVER|Client|Server|client|server';
const KINDS = 'Cmd|CMD|cmd|COMMAND|Reply|REPLY|reply|RESPONSE|Resp|RESP|resp|REQ|Req|FTP|ftp';
const MARK = new RegExp(
  String.raw`^(?:[-=~]{0,4}[<>]{1,4}[-=~]{0,4}:?|[\u2190\u2192\u00ab\u00bb]|(?:${SENT}|${RECEIVED}|${PARTIES}|${KINDS}) ?(?::>|[:>]|-{1,2}>)|` +
    String.raw`(?:Sending command|Received response)(?= \[))[ \t]*`,
);
const SENT_WORD = new RegExp(`^(?:${SENT})\\b`);
const RECEIVED_WORD = new RegExp(`^(?:${RECEIVED})\\b`);

/** Summaries of Wireshark, tshark and tcpdump: `12 0.02 192.0.2.7 192.0.2.10 FTP 78 Request: USER anna`, `… length 20: FTP: 220 ready`. */
const PACKET =
  /^(?=.{0,200}?\bFTP\b).{0,240}?(?:\bFTP[ \t]+(?:\d{1,6}[ \t]+)?(Request|Response): |\blength \d{1,6}: FTP: ?)/;

/** An id in a group in brackets or behind `#`: `[12]`, `[conn-3]`, `FtpControlStream#7`. */
const ID = /\[(?:#|(?:id|thread|conn|connection|session|client)[-=# ]?)?(\d{1,10})\]|#(\d{1,12})(?=[ \t-]*$)/i;

/** A line taken apart; offsets are characters of the line. */
export interface DialogueLine {
  /** The id that the prefix names, '' for none. */
  readonly id: string;
  /** The mark without blanks around it, '' for none. */
  readonly mark: string;
  /** Where what is said begins. */
  readonly textStart: number;
  /** Whether a prefix was there. */
  readonly prefixed: boolean;
  /** Where a stamp with a date stands, null for none. */
  readonly stamp: readonly [number, number] | null;
  /** Milliseconds since midnight of a stamp without a date that can be read, null for none. */
  readonly timeMs: number | null;
}

/** Takes a line apart. */
export function splitDialogueLine(line: string): DialogueLine {
  const packet = PACKET.exec(line);
  if (packet !== null)
    return {
      id: '',
      mark: packet[1] ?? 'FTP:',
      textStart: packet[0].length,
      prefixed: true,
      stamp: null,
      timeMs: null,
    };
  const indent = /^[ \t]*/.exec(line)![0].length;
  const rest = line.substring(indent);
  const prefix = PREFIX.exec(rest)![0];
  const body = rest.substring(prefix.length);
  const mark = MARK.exec(body)?.[0] ?? '';
  const id = ID.exec(prefix.trimEnd());
  return {
    id: id?.[1] ?? id?.[2] ?? '',
    mark: mark.trim(),
    textStart: indent + prefix.length + mark.length,
    prefixed: prefix !== '',
    ...stampIn(prefix, indent),
  };
}

const DATED_STAMP = new RegExp(DATED, 'd');
const TIME = /(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,3}))?/;

function stampIn(prefix: string, offset: number): Pick<DialogueLine, 'stamp' | 'timeMs'> {
  const dated = DATED_STAMP.exec(prefix);
  if (dated !== null) return { stamp: [offset + dated.indices![0]![0], offset + prefix.length], timeMs: null };
  const time = TIME.exec(prefix);
  if (time === null || Number(time[1]) > 23 || Number(time[2]) > 59) return { stamp: null, timeMs: null };
  const seconds = (Number(time[1]) * 60 + Number(time[2])) * 60 + Number(time[3]);
  return { stamp: null, timeMs: seconds * 1000 + Number((time[4] ?? '').padEnd(3, '0')) };
}

/** Which side wrote a record in which a command or a reply carries `mark`; null where the mark does not say. */
export function vantageOfMark(mark: string, kind: 'command' | 'reply'): 'client' | 'server' | null {
  const outward = /^[^<\w]*[>\u2192\u00bb]/.test(mark) || SENT_WORD.test(mark);
  const inward = /[<\u2190\u00ab]/.test(mark) || RECEIVED_WORD.test(mark);
  if (outward === inward) return null;
  return (kind === 'command') === outward ? 'client' : 'server';
}
