import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../src/core/bytes/text.ts';
import { curlTrace } from '../../../src/core/formats/curl-trace.ts';
import { assertSurvives, scanFixture, scanPieces } from './scan-pieces.ts';

const scan = (text: string) => scanPieces(curlTrace, bytesOf(text));

describe('--trace', () => {
  it('is read out of its hexadecimal dump', () => {
    const { events, unread } = scanFixture(curlTrace, 'trace.curl-7.22.0.txt');
    expect(unread).toEqual([]);
    expect(events).toEqual([
      '2 #0 Note.ConnectAttempt "Trying 127.0.0.1... == Info: connected" address=127.0.0.1 port=2121',
      '2 #0 Connected "Trying 127.0.0.1... == Info: connected" address=127.0.0.1 port=2121',
      '4 #0 Reply 220 "(vsFTPd 3.0.3)"',
      '7 #0 Command USER "alice"',
      '9 #0 Reply 331 "Please specify the password."',
      '13 #0 Command PASS',
      '15 #0 Reply 230 "Login successful."',
      '18 #0 Command PWD',
      '20 #0 Reply 257 "\\"/\\" is the current directory"',
      '25 #0 Command CWD "pub"',
      '27 #0 Reply 250 "Directory successfully changed."',
      '31 #0 Command EPSV',
      '34 #0 Reply 229 "Entering Extended Passive Mode (|||40043|)"',
      '37 #0 Note.DataAttempt "Trying 127.0.0.1... == Info: connected" address=127.0.0.1 port=40043',
      '37 #0 Note.DataConnected "Trying 127.0.0.1... == Info: connected" address=127.0.0.1 port=40043',
      '40 #0 Command TYPE "I"',
      '42 #0 Reply 200 "Switching to Binary mode."',
      '45 #0 Command SIZE "hello.txt"',
      '47 #0 Reply 213 "43"',
      '49 #0 Command RETR "hello.txt"',
      '51 #0 Reply 150 "Opening BINARY mode data connection for hello.txt (43 bytes)."',
      '57 #0 Note.AnnouncedBytes "Getting file with size: 43" value=43',
      '58 #0 Note.DataFlowing',
      '58 #0 Note.TransferredBytes value=43',
      '64 #0 Reply 226 "Transfer complete."',
      '68 #0 Command QUIT',
      '70 #0 Reply 221 "Goodbye."',
      '71 #0 Disconnected "Closing connection #0"',
    ]);
  });

  it('keeps bytes that --trace-ascii cannot show', () => {
    expect(
      scan('=> Send header, 9 bytes (0x9)\n0000: 52 45 54 52 20 c3 bc 0d 0a                      RETR ....\n').events,
    ).toEqual(['2 #0 Command RETR "ü"']);
  });
});

describe('--trace-ascii', () => {
  it('bears times, and since 8.17 the marks of -v on its remarks', () => {
    const { events, unread } = scanFixture(curlTrace, 'trace-ascii-time.curl-8.21.0.txt');
    expect(unread).toEqual([]);
    expect(events.slice(0, 5)).toEqual([
      '1 #0 05:06:09.577 Note.ConnectAttempt "Trying 127.0.0.1:2121..." address=127.0.0.1 port=2121',
      '2 #0 05:06:09.579 Connected "Established connection to 127.0.0.1 (127.0.0.1 port 2121) from 127.0.0.1 port 57432" address=127.0.0.1 port=2121',
      '2 #0 05:06:09.579 Note.LocalAddress "Established connection to 127.0.0.1 (127.0.0.1 port 2121) from 127.0.0.1 port 57432" address=127.0.0.1 port=57432',
      '4 #0 05:06:09.588 Reply 220 "(vsFTPd 3.0.3)"',
      '6 #0 05:06:09.588 Command USER "alice"',
    ]);
    expect(events).toContain(
      '41 #0 05:06:09.729 Reply 150 "Opening BINARY mode data connection for hello.txt (43 bytes)."',
    );
  });

  it('counts the bytes of a file block by block, whatever they look like', () => {
    const { events, unread } = scan(`=> Send header, 8 bytes (0x8)
0000: RETR a
<= Recv header, 13 bytes (0xd)
0000: 150 Opening
<= Recv data, 70 bytes (0x46)
0000: <= Recv header, 12 bytes (0xc)
0020: 0000: 426 Aborted..................
<= Recv data, 30 bytes (0x1e)
0000: == Info: Closing connection #0
<= Recv data, 0 bytes (0x0)
`);
    expect(unread).toEqual([]);
    expect(events).toEqual([
      '2 #0 Command RETR "a"',
      '4 #0 Reply 150 "Opening"',
      '5 #0 Note.DataFlowing',
      '5 #0 Note.TransferredBytes value=70',
      '8 #0 Note.TransferredBytes value=100',
    ]);
  });

  it('drops passwords, and tells what a cut dump shows', () => {
    expect(
      scan(
        '=> Send header, 13 bytes (0xd)\n0000: PASS secret\n<= Recv header, 90 bytes (0x5a)\n0000: 230 Logged\n== Info: a\n',
      ).events,
    ).toEqual(['2 #0 Command PASS', '4 #0 Reply 230 "Logged"', '5 #0 Note.Other "a"']);
  });

  it('may go to the terminal, among what else the tool writes', () => {
    const { events, unread } = scan(`=> Send header, 6 bytes (0x6)
0000: QUIT
  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0<= Recv header, 9 bytes (0x9)
0000: 221 Bye
curl: (28) Timeout was reached
`);
    expect(unread).toEqual([]);
    expect(events).toEqual([
      '2 #0 Command QUIT',
      '4 #0 Reply 221 "Bye"',
      '5 #0 Note.ClientError "Timeout was reached" value=28',
    ]);
  });
});

describe('the scanner', () => {
  it('neither throws nor emits from what it refuses, whatever the lines say', () => {
    assertSurvives(curlTrace, ['=> Send header, 999999999999999 bytes (0x1)', '0040: ', '== Info: ', '']);
  });
});
