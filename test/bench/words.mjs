/** What the two generations of FileZilla Server say. */
export const WORDS = {
  0.9: {
    greeting: ['220-FileZilla Server 0.9.60 beta', '220-written by Tim Kosse (tim.kosse@filezilla-project.org)'],
    greetingEnd: '220 Please visit https://filezilla-project.org/',
    auth: '234 Using authentication type TLS',
    password: (user) => `331 Password required for ${user}`,
    loggedIn: '230 Logged on',
    refused: '530 Login or password incorrect!',
    begin: (what, path) => `150 Opening data channel for ${what} "/${path}"`,
    done: (path) => `226 Successfully transferred "/${path}"`,
    missing: '550 File not found',
    noData: (path) => `425 Can't open data connection for transfer of "/${path}"`,
    cut: (path) => `426 Connection closed; aborted transfer of "/${path}"`,
    stalled: (path) => `426 Connection timed out, aborting transfer of "/${path}"`,
    stopped: '426 Connection closed; transfer aborted.',
    aborted: '226 ABOR command successful',
    timedOut: '421 Connection timed out.',
    goodbye: '221 Goodbye',
  },
  1: {
    greeting: ['220-FileZilla Server 1.7.3', '220-this is the server of the example'],
    greetingEnd: '220 Please visit https://filezilla-project.org/',
    auth: '234 Using authentication type TLS.',
    password: () => '331 Please, specify the password.',
    loggedIn: '230 Login successful.',
    refused: '530 Login incorrect.',
    begin: () => '150 About to start data transfer.',
    done: () => '226 Operation successful',
    missing: "550 Couldn't open the file or directory",
    noData: () => '425 Unable to build data connection: ECONNREFUSED - Connection refused by server',
    cut: () => '425 Error while transfering data: ECONNRESET - Connection reset by peer',
    stalled: () => '426 Data connection closed; transfer aborted.',
    stopped: '426 Data connection closed; transfer aborted.',
    aborted: '226 ABOR command successful.',
    timedOut: '421 Activity timeout.',
    goodbye: '221 Goodbye.',
  },
};

/** What both say, and what clients send. */
export const FEATURES = [' MDTM', ' REST STREAM', ' SIZE', ' MLSD', ' AUTH TLS', ' UTF8', ' EPSV', ' EPRT'];
export const PASV_ON_IPV6 =
  '500 You are connected using IPv6. PASV is only for IPv4. You have to use the EPSV command instead.';
export const USERS = [
  ...['anna', 'john doe', 'web_admin', 'backup (nas)', 'müller', 'o.neil', 'scan-user', 'пользователь'],
];
export const FILES = [
  ...['report.pdf', 'photos/IMG_2041.JPG', 'backup 2018-06.zip', 'big.iso', 'naïve.txt', 'a"b.txt', 'x>y.log'],
];
