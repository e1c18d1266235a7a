import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../src/core/bytes/text.ts';
import { curlVerbose } from '../../../src/core/formats/curl-verbose.ts';
import { assertSurvives, scanFixture, scanPieces } from './scan-pieces.ts';
import { scanText } from './scan-text.ts';

const scan = (text: string) => scanPieces(curlVerbose, bytesOf(text));
const eventsOf = (text: string) => scan(text).events;
const isDialogue = (event: string) => / (?:Command|Reply|ReplyPart)\b/.test(event);
/** What curl says, without the dialogue itself. */
const remarksOf = (events: readonly string[]) => events.filter((event) => !isDialogue(event));
/** The key of each event, repetitions left out. */
const keysOf = (events: readonly string[]) => [...new Set(events.map((event) => /#\d+/.exec(event)?.[0]))];

describe('a run of curl 7.22', () => {
  it('has the results of attempts behind them, or torn off by the meter', () => {
    const { events, unread } = scanFixture(curlVerbose, 'epsv-unreachable.curl-7.22.0.txt');
    expect(unread).toEqual([]);
    expect(remarksOf(events)).toEqual([
      '2 #0 Note.ConnectAttempt "Trying 127.0.0.1..." address=127.0.0.1 port=2168',
      '4 #0 Connected "connected" address=127.0.0.1 port=2168',
      '18 #0 Note.DataAttempt "Trying 127.0.0.1... Connection refused" address=127.0.0.1 port=39975',
      '18 #0 Note.DataFailed "Trying 127.0.0.1... Connection refused" address=127.0.0.1 port=39975 failure=2',
      '19 #0 Note.Other "couldn\'t connect to host"',
      '20 #0 Note.FallBack "got positive EPSV response, but can\'t connect. Disabling EPSV"',
      '23 #0 Note.DataAttempt "Trying 127.0.0.1... connected" address=127.0.0.1 port=57293',
      '23 #0 Note.DataConnected "Trying 127.0.0.1... connected" address=127.0.0.1 port=57293',
      '32 #0 Note.AnnouncedBytes "Getting file with size: 1000" value=1000',
      '33 #0 Note.DataFlowing',
      '40 #0 Disconnected "Closing connection #0"',
    ]);
  });

  it('gives its connections numbers that it uses again', () => {
    const { events } = scanFixture(curlVerbose, 'idle-closed.curl-7.22.0.txt');
    expect(remarksOf(events).filter((event) => /Connected|Disconnected|ClientError|dead/.test(event))).toEqual([
      '4 #0 Connected "connected" address=127.0.0.1 port=2126',
      '18 #0 Note.DataConnected "Trying 127.0.0.1... connected" address=127.0.0.1 port=40017',
      '34 #1 Connected "Trying 127.0.0.1... connected" address=127.0.0.1 port=2170',
      '41 #1 Disconnected "Closing connection #1"',
      '42 #1 Note.ClientError "Access denied: 530" value=67',
      '43 #0 Note.Other "Connection #0 seems to be dead!"',
      '44 #0 Disconnected "Closing connection #0"',
      '46 #2 Connected "Trying 127.0.0.1... connected" address=127.0.0.1 port=2126',
      '62 #2 Note.DataConnected "Trying 127.0.0.1... connected" address=127.0.0.1 port=40031',
      '81 #2 Disconnected "Closing connection #0"',
    ]);
  });
});

describe('the data connection', () => {
  it('has the port of 229 and 227, not that of the control connection which curl prints', () => {
    const { events, unread } = scanFixture(curlVerbose, 'epsv-unreachable.curl-7.47.0.txt');
    expect(unread).toEqual([]);
    expect(remarksOf(events).slice(0, 7)).toEqual([
      '1 #0 Note.ConnectAttempt "Trying 127.0.0.1..." address=127.0.0.1',
      '4 #0 Connected "Connected to 127.0.0.1 (127.0.0.1) port 2290 (#0)" address=127.0.0.1 port=2290',
      '19 #0 Note.DataAttempt "Trying 127.0.0.1..." address=127.0.0.1 port=32903',
      '21 #0 Note.DataFailed "connect to 127.0.0.1 port 2290 failed: Connection refused" address=127.0.0.1 port=32903 failure=2',
      '22 #0 Note.Other "Failed to connect to 127.0.0.1 port 2290: Connection refused"',
      '23 #0 Note.FallBack "Failed EPSV attempt. Disabling EPSV"',
      '26 #0 Note.DataAttempt "Trying 127.0.0.1..." address=127.0.0.1 port=59621',
    ]);
  });

  it('is awaited from the server in active mode', () => {
    const { events } = scanFixture(curlVerbose, 'active.curl-7.88.1.txt');
    expect(events.filter((event) => event.includes('Note.Data'))).toEqual([
      '17 #0 Note.DataListening "Connect data stream actively"',
      '29 #0 Note.DataConnected "Connection accepted from server"',
      '31 #0 Note.DataFlowing',
    ]);
  });

  it('is replaced only where the address differs', () => {
    const skip = (offered: string) =>
      eventsOf(`> PASV\n< 227 Entering Passive Mode (10,0,0,5,195,80)
* Skip ${offered} for data connection, re-use 192.0.2.7 instead\n`).slice(2);
    expect(skip('192.0.2.7')).toEqual([]);
    expect(skip('10.0.0.5')).toEqual([
      '3 #0 Note.DataAddressReplaced "Skip 10.0.0.5 for data connection, re-use 192.0.2.7 instead" address=192.0.2.7',
    ]);
  });

  it('has a port also where the address of 227 is blotted out or the command is cut off', () => {
    expect(
      remarksOf(eventsOf('< 227 Entering Passive Mode (xxx,xxx,xxx,xxx,94,71)\n*   Trying xxx.xxx.xxx.xxx...\n')),
    ).toEqual(['2 #0 Note.DataAttempt "Trying xxx.xxx.xxx.xxx..." address=xxx.xxx.xxx.xxx port=24135']);
  });

  it('breaks for the reason that an error number gives', () => {
    expect(
      eventsOf(
        '> STOR a\n< 150 Opening\n* Connecting to 192.0.2.7 port 50001\n* SSL_write() returned SYSCALL, errno = 104\n',
      ).at(-1),
    ).toBe('4 #0 Note.DataBroken "SSL_write() returned SYSCALL, errno = 104" failure=3');
  });

  it('breaks where the control connection would be lost without it', () => {
    const tail = '* Recv failure: Connection reset by peer\n';
    expect(eventsOf(`> RETR a\n< 150 Opening\n* Connecting to 192.0.2.7 port 50001\n${tail}`).at(-1)).toBe(
      '4 #0 Note.DataBroken "Recv failure: Connection reset by peer" failure=3',
    );
    expect(eventsOf(`> CWD a\n${tail}`).at(-1)).toBe(
      '2 #0 Note.ConnectionLost "Recv failure: Connection reset by peer" failure=3',
    );
  });
});

describe('a transfer that ends early', () => {
  it('is told by curl, and by the server where curl reads on', () => {
    expect(scanFixture(curlVerbose, 'cut-download.curl-7.47.0.txt').events.slice(-5)).toEqual([
      '30 #0 Note.DataFlowing',
      '31 #0 Note.TransferCut "transfer closed with 60000 bytes remaining to read" value=60000',
      '33 #0 Reply 426 "Connection closed; transfer aborted."',
      '34 #0 Note.Other "server did not report OK, got 426"',
      '37 #0 Note.ClientError "transfer closed with 60000 bytes remaining to read" value=18',
    ]);
    expect(scanFixture(curlVerbose, 'cut-download.curl-7.88.1.txt').events.slice(-4)).toEqual([
      '30 #0 Note.DataFlowing',
      '31 #0 Note.TransferCut "transfer closed with 60000 bytes remaining to read" value=60000',
      '33 #0 Disconnected "Closing connection 0"',
      '34 #0 Note.ClientError "transfer closed with 60000 bytes remaining to read" value=18',
    ]);
  });

  it('has the bytes that a timeout names', () => {
    const text = 'Operation timed out after 3000 milliseconds with 1851397 out of 60000000 bytes received';
    expect(eventsOf(`> RETR a\n< 150 Opening\n* ${text}\n`).slice(2)).toEqual([
      `3 #0 Note.ClientTimeout "${text}" value=3 failure=1`,
      `3 #0 Note.TransferredBytes "${text}" value=1851397`,
    ]);
    expect(eventsOf(`> USER a\n* ${text}\n`)).toHaveLength(2);
  });
});

describe('TLS', () => {
  it('is told of the control and of the data connection', () => {
    const { events, unread } = scanFixture(curlVerbose, 'ftps.curl-8.14.1.txt');
    expect(unread).toEqual([]);
    expect(remarksOf(events).filter((event) => !event.includes('Certificate'))).toEqual([
      '3 #0 Note.ConnectAttempt "Trying 127.0.0.1:2124..." address=127.0.0.1 port=2124',
      '4 #0 Connected "Connected to 127.0.0.1 (127.0.0.1) port 2124" address=127.0.0.1 port=2124',
      '9 #0 Note.TlsHandshake "TLSv1.3 (OUT), TLS handshake, Client hello (1):"',
      '33 #0 Note.TlsVersion "TLSv1.3"',
      '33 #0 Note.TlsCipher "TLS_AES_256_GCM_SHA384"',
      '33 #0 Note.TlsConnected "SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / prime256v1 / RSASSA-PSS"',
      '76 #0 Note.DataAttempt "Connecting to 127.0.0.1 (127.0.0.1) port 40040" address=127.0.0.1 port=40040',
      '78 #0 Note.TlsResumed "SSL reusing session with ALPN \'-\'"',
      '80 #0 Note.TlsHandshake "TLSv1.3 (OUT), TLS handshake, Client hello (1):"',
      '106 #0 Note.TlsVersion "TLSv1.3"',
      '106 #0 Note.TlsCipher "TLS_AES_256_GCM_SHA384"',
      '106 #0 Note.DataTlsConnected "SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / prime256v1 / UNDEF"',
      '113 #0 Note.DataConnected "Connected 2nd connection to 127.0.0.1 port 40040" address=127.0.0.1 port=40040',
      '117 #0 Note.AnnouncedBytes "Getting file with size: 43" value=43',
    ]);
  });

  it.each([
    ['SSL connection using AES256-SHA', ['TlsCipher "AES256-SHA"', 'TlsConnected "SSL connection using AES256-SHA"']],
    [
      'SSL connection using TLS1.2 / ECDHE_RSA_AES_256_GCM_SHA384',
      [
        'TlsVersion "TLS1.2"',
        'TlsCipher "ECDHE_RSA_AES_256_GCM_SHA384"',
        'TlsConnected "SSL connection using TLS1.2 / ECDHE_RSA_AES_256_GCM_SHA384"',
      ],
    ],
    [
      'TLS 1.2 connection using TLS_RSA_WITH_AES_256_CBC_SHA',
      [
        'TlsVersion "TLS 1.2"',
        'TlsCipher "TLS_RSA_WITH_AES_256_CBC_SHA"',
        'TlsConnected "TLS 1.2 connection using TLS_RSA_WITH_AES_256_CBC_SHA"',
      ],
    ],
    ['schannel: SSL/TLS handshake complete', ['TlsConnected "schannel: SSL/TLS handshake complete"']],
    ['\t subject: O=Example,CN=a', ['CertificateSubject "O=Example,CN=a"']],
    [' expire date: 2013-11-08 00:13:54 GMT', ['CertificateNotAfter "2013-11-08 00:13:54 GMT"']],
    ["common name: www (does not match 'a')", ['CertificateMismatch "www (does not match \'a\')"']],
    [
      'SSL certificate verify result: self signed certificate (18), continuing anyway.',
      ['CertificateVerify "self signed certificate (18)"'],
    ],
    ['SSL certificate verify ok.', ['CertificateVerify "ok"']],
    [
      'SSL certificate problem: self-signed certificate',
      ['CertificateVerify "self-signed certificate" failure=5', 'TlsFailed "self-signed certificate" failure=5'],
    ],
    [
      'OpenSSL/3.0.22: error:0A00010B:SSL routines::wrong version number',
      ['TlsFailed "OpenSSL/3.0.22: error:0A00010B:SSL routines::wrong version number" failure=5'],
    ],
  ])('is told by %s', (remark, facts) => {
    expect(eventsOf(`> AUTH TLS\n* ${remark}\n`).slice(1)).toEqual(facts.map((fact) => `2 #0 Note.${fact}`));
  });

  it('hides whether data flows: its records are counted like data', () => {
    const flows = (before: string) =>
      eventsOf(`${before}> RETR a\n< 150 Opening\n{ [5 bytes data]\n`).some((event) => event.includes('DataFlowing'));
    expect(flows('')).toBe(true);
    expect(flows('{ [5 bytes data]\n')).toBe(false);
  });
});

describe('sessions', () => {
  it('are one where a connection is taken up again', () => {
    const { events, unread } = scanFixture(curlVerbose, 'time-and-ids.curl-8.14.1.txt');
    expect(unread).toEqual([]);
    expect(keysOf(events)).toEqual(['#0']);
    expect(events).toContain(
      '36 #0 05:21:09.488 Note.ConnectionReused "Re-using existing ftp: connection with host 127.0.0.1"',
    );
    expect(events[0]).toBe(
      '3 #0 05:21:09.408 Note.ConnectAttempt "Trying 127.0.0.1:2121..." address=127.0.0.1 port=2121',
    );
  });

  it('are two where two runs follow each other, though both number theirs 0', () => {
    const { events } = scanFixture(curlVerbose, 'two-runs.curl-7.88.1.txt');
    expect(events.filter((event) => / Connected|ClientError/.test(event))).toEqual([
      '4 #0 Connected "Connected to 127.0.0.1 (127.0.0.1) port 2121 (#0)" address=127.0.0.1 port=2121',
      '38 #1 Connected "Connected to 127.0.0.1 (127.0.0.1) port 2121 (#0)" address=127.0.0.1 port=2121',
      '64 #1 Note.ClientError "The file does not exist" value=78',
    ]);
  });

  it('are told apart by the ids before their lines', () => {
    const events = eventsOf(`[0-0] *   Trying 192.0.2.7:21...
[1-1] *   Trying 192.0.2.7:21...
[1-1] * Connected to h (192.0.2.7) port 21
[0-0] * Connected to h (192.0.2.7) port 21
[0-0] < 220 first
[1-1] < 220 second
[1-1] > USER b
[0-0] > USER a
[0-0] * closing connection #0
`);
    expect(events.map((event) => event.slice(0, 22))).toEqual([
      '1 #0 Note.ConnectAttem',
      '2 #1 Note.ConnectAttem',
      '3 #1 Connected "Connec',
      '4 #0 Connected "Connec',
      '5 #0 Reply 220 "first"',
      '6 #1 Reply 220 "second',
      '7 #1 Command USER "b"',
      '8 #0 Command USER "a"',
      '9 #0 Disconnected "clo',
    ]);
  });

  it('run together where nothing tells them apart, and curl says so', () => {
    const { events } = scanFixture(curlVerbose, 'parallel.curl-8.14.1.txt');
    expect(keysOf(events)).toEqual(['#0']);
    expect(events[1]).toBe('3 #0 Note.SessionsMixed "Trying 127.0.0.1:2141..."');
  });

  it('begin with a greeting where their first lines are missing', () => {
    expect(keysOf(eventsOf('< 220 a\n> USER x\n< 421 Timeout\n< 220 a\n> USER x\n'))).toEqual(['#0', '#1']);
  });

  it('are those of the server behind a proxy, whose HTTP is none of theirs', () => {
    const { events, unread } = scan(`* Connected to proxy (192.0.2.1) port 3128 (#0)
* Establish HTTP proxy tunnel to ftp.example.org:21
> CONNECT ftp.example.org:21 HTTP/1.1
> Host: ftp.example.org:21
> User-Agent: curl/7.54.1
>
< HTTP/1.0 200 Connection established
<
* Proxy replied OK to CONNECT request
< 220 Welcome
`);
    expect(unread).toEqual([]);
    expect(events).toEqual([
      '1 #0 Connected "Connected to proxy (192.0.2.1) port 3128 (#0)" address=192.0.2.1 port=3128',
      '2 #0 Note.ProxyPassed "Establish HTTP proxy tunnel to ftp.example.org:21" address=ftp.example.org port=21',
      '5 #0 Note.Program "curl/7.54.1"',
      '10 #0 Reply 220 "Welcome"',
    ]);
  });
});

describe('attempts on the control connection', () => {
  it('fail one by one, over either family', () => {
    expect(
      eventsOf(`*   Trying ::1:2122...
* connect to ::1 port 2122 failed: Connection refused
*   Trying 127.0.0.1:2122...
* connect to 127.0.0.1 port 2122 failed: Connection timed out
* Failed to connect to localhost port 2122 after 7 ms: Couldn't connect to server
* Closing connection 0
curl: (7) Failed to connect to localhost port 2122 after 7 ms: Couldn't connect to server
`).map((event) => event.replace(/ "[^"]*"/, '')),
    ).toEqual([
      '1 #0 Note.ConnectAttempt address=::1 port=2122',
      '2 #0 Note.ConnectFailed address=::1 port=2122 failure=2',
      '3 #0 Note.ConnectAttempt address=127.0.0.1 port=2122',
      '4 #0 Note.ConnectFailed address=127.0.0.1 port=2122 failure=1',
      '5 #0 Note.Other',
      '6 #0 Disconnected',
      '7 #0 Note.ClientError value=7',
    ]);
  });

  it('are none where a host has no address', () => {
    expect(eventsOf('* Could not resolve host: ftp.example.invalid\n* Closing connection 0\n')[0]).toBe(
      '1 #0 Note.ConnectFailed "Could not resolve host: ftp.example.invalid" address=ftp.example.invalid failure=8',
    );
  });
});

describe('what is not the dialogue', () => {
  it('is not believed once curl has put the connection aside', () => {
    const { events, unread } = scanFixture(curlVerbose, 'hostile-listing.curl-7.88.1.txt');
    expect(unread).toEqual([
      '-rw-r--r-- 1 a a 5 Jan 1 00:00 < 426 fake.txt',
      '< 426 Connection closed; transfer aborted.',
    ]);
    expect(events.at(-2)).toBe('29 #0 Reply 226 "Transfer complete"');
  });

  it.each([
    'drwxr-xr-x    2 1001     1001         4096 May 18  2020 files',
    '> and then I wrote',
    '> curl is a tool',
    '* a point of a list',
    '< not a reply',
    'GET it from here',
  ])('is refused: %s', (line) => {
    expect(scan(`${line}\n`)).toEqual({ events: [], unread: [line] });
  });

  it("may be the meter, before, between and behind curl's lines", () => {
    const { events, unread } = scanFixture(curlVerbose, 'progress-bar.curl-7.88.1.txt');
    expect(unread).toEqual([]);
    expect(events).toContain('9 #0 Reply 257 "\\"/\\" is the current directory"');
    expect(
      eventsOf(
        '  0      0   0      0   0      0      0      0                              0< 220 a\n' +
          '--  --      0     0     3     3  --:--:-- --:--:-- --:--:--     0      > USER b\n' +
          '  0 0 0 0 0 0 0 0 --:--:-- --:--:-- --:--:-- 0< 331 c\n' +
          '100 61.5M  100 61.5M    0     0  14.5M      0  0:00:04  0:00:04 --:--:-- 21.3Mcurl: (18) d\n',
      ),
    ).toEqual([
      '1 #0 Reply 220 "a"',
      '2 #0 Command USER "b"',
      '3 #0 Reply 331 "c"',
      '4 #0 Note.ClientError "d" value=18',
    ]);
  });
});

describe('secrets', () => {
  it('are dropped where they are read', () => {
    const { events } = scan(`root@client:~# curl -v -k --user 'anna:s3cret' -o tmp ftp://bob:s3cret@ftp.example.org/ \\
   --proxy-user x:s3cret
* Rebuilt it: ftp://bob:s3c@ret@ftp.example.org/
*   Trying 192.0.2.7...
> PASS s3cret
> ACCT s3cret
curl: (67) Access denied to ftp://bob:s3cret@ftp.example.org/
`);
    expect(events.join('\n')).not.toContain('s3c');
    expect(events[1]).toBe(
      '1 #0 Note.CommandLine "curl -v -k --user *** -o tmp ftp://***@ftp.example.org/ --proxy-user ***"',
    );
  });
});

describe('damaged transcripts', () => {
  it('may lack the marks within a reply, and the connecting lines', () => {
    const { events, unread } = scan(`* About to connect() to ftp.example.org port 8000 (#0)
  < 220-Welcome
  to this server
  426 is only a number here
  220 Go on
  > USER anna
`);
    expect(unread).toEqual([]);
    expect(events).toEqual([
      '2 #0 Connected address=ftp.example.org port=8000',
      '2 #0 ReplyPart 220 "Welcome"',
      '3 #0 ReplyPart "to this server"',
      '4 #0 ReplyPart "426 is only a number here"',
      '5 #0 Reply 220 "Go on"',
      '6 #0 Command USER "anna"',
    ]);
  });

  it('may bear notes behind their lines, and blanks', () => {
    expect(eventsOf('> RETR LIESMICH.txt                <- the file\n< 150 Opening.   \n')).toEqual([
      '1 #0 Command RETR "LIESMICH.txt"',
      '2 #0 Reply 150 "Opening."',
    ]);
  });

  it('may come from an application with marks of its own, or none', () => {
    expect(
      eventsOf(`CURLINFO_TEXT: 14.32.45.346 [SSL] cf_connect() -> 0, done=1
CURLINFO_HEADER_OUT: 14.32.45.357 USER anna
CURLINFO_HEADER_IN: 14.32.45.398 331 Password required
incoming header: 230 Logged in
Connection #0 to host 192.0.2.7 left intact
Re-using existing connection! (#0) with host 192.0.2.7
Connected to 192.0.2.7 (192.0.2.7) port 21 (#0)
CWD pub
250 Done
`),
    ).toEqual([
      '2 #0 14:32:45.357 Command USER "anna"',
      '3 #0 14:32:45.398 Reply 331 "Password required"',
      '4 #0 Reply 230 "Logged in"',
      '6 #0 Note.ConnectionReused "Re-using existing connection! (#0) with host 192.0.2.7"',
      '7 #0 Note.ConnectionReused "Connected to 192.0.2.7 (192.0.2.7) port 21 (#0)" address=192.0.2.7 port=21',
      '8 #0 Command CWD "pub"',
      '9 #0 Reply 250 "Done"',
    ]);
  });
});

describe('the scanner', () => {
  it('sets every field of the events it emits', () => {
    const { events } = scanText(curlVerbose, curlVerbose.samples[0]!);
    expect(events.filter((event) => /=9|=987654|X/.test(event))).toEqual([]);
  });

  it('neither throws nor emits from what it refuses, whatever the lines say', () => {
    assertSurvives(curlVerbose, ['[0-x] * a', '{ [', '< 220-', 'curl: (', '*', '', '$ curl -u a:b ftp://h/ \\']);
  });
});
