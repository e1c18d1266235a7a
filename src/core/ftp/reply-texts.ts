/** The texts of replies that products are known to send: what tells one cause of a code from another. */

/** A text that a product sends with a reply code, and what has then happened there. */
export interface ReplyText {
  readonly code: number;
  /** Product, and its series where the texts of two differ. */
  readonly product: string;
  /** The verb that it answers, or `transfer`, `connect`, `idle`, `any`. */
  readonly context: string;
  /** Behind the code, as sent; `<...>` stands for what varies. */
  readonly text: string;
  readonly sense: string;
}

type Row = readonly [code: number, context: string, text: string, sense: string];

/** FileZilla Server 0.9.60, from its source. */
const FILEZILLA_SERVER_0: readonly Row[] = [
  [
    227,
    'PASV',
    'Entering Passive Mode (<host and port>)',
    'It listens. The address is the one set for external clients; a peer on a local network may get the local one.',
  ],
  [
    229,
    'EPSV',
    'Entering Extended Passive Mode (|||<port>|)',
    'It listens, in the family of the control connection. An argument (1, 2 or ALL) makes no difference.',
  ],
  [
    500,
    'PASV',
    'You are connected using IPv6. PASV is only for IPv4. You have to use the EPSV command instead.',
    'PASV carries IPv4 addresses only, and the control connection is IPv6.',
  ],
  [
    500,
    'PORT',
    'You are connected using IPv6. PORT is only for IPv4. You have to use the EPRT command instead.',
    'PORT carries IPv4 addresses only, and the control connection is IPv6.',
  ],
  [
    421,
    'PASV/EPSV/transfer',
    'Could not create socket.',
    'No passive port was free, or no socket could be made. Unlike the code says, the session goes on.',
  ],
  [
    421,
    'PASV/EPSV',
    'Could not create socket, listening failed.',
    'The passive port could not be listened on. The session goes on.',
  ],
  [
    421,
    'PASV',
    'Could not create socket, no usable IP address found.',
    'There is no address to announce in 227: the external address is unset or cannot be found. The session goes on.',
  ],
  [
    421,
    'PASV/EPSV',
    'Could not create socket, unable to query socket for used port.',
    'A socket of the server failed while passive mode was prepared.',
  ],
  [
    421,
    'PORT/EPRT',
    'Rejected command, requested IP address does not match control connection IP.',
    'The address named is not that of the client: an inner address behind NAT, or a try to reach a third host.',
  ],
  [
    522,
    'EPRT',
    'Extended Port Failure - unknown network protocol. Supported protocols: (1,2)',
    'The family number of EPRT is neither 1 nor 2.',
  ],
  [
    522,
    'EPRT',
    'Extended Port Failure - unknown network protocol. Supported protocols: (1)',
    'EPRT asked for IPv6, which is switched off in the server.',
  ],
  [501, 'EPRT', 'Syntax error, not a valid IPv4 address', 'The address in EPRT is not IPv4 though family 1 says so.'],
  [501, 'EPRT', 'Syntax error, not a valid IPv6 address', 'The address in EPRT is not IPv6 though family 2 says so.'],
  [
    425,
    'RETR/STOR/LIST',
    `Can't open data connection for transfer of "<path>"`,
    'No data connection came about: the client did not connect within 10 s, or could not be connected to.',
  ],
  [425, 'after PORT/EPRT', "Can't open data connection", "The connection to the client's port failed at once."],
  [
    425,
    'transfer',
    'Rejected data connection for transfer of "<path>", IP addresses of control and data connection do not match',
    'The data connection came from another address than the control connection.',
  ],
  [
    426,
    'transfer',
    'Connection closed; aborted transfer of "<path>"',
    'The data connection broke, or the client closed it before the end. No ABOR was involved.',
  ],
  [
    426,
    'transfer',
    'Connection timed out, aborting transfer of "<path>"',
    'Nothing moved on the data connection for the whole of "Connections timeout"; a 421 follows.',
  ],
  [426, 'ABOR', 'Connection closed; transfer aborted.', 'First of the two answers to ABOR during a transfer.'],
  [
    150,
    'transfer',
    'Opening data channel for <operation> of "<path>"<offset>',
    'In passive mode the client has connected; in active mode the connection is being made.',
  ],
  [
    150,
    'transfer',
    'Data channel opened for <operation> of "<path>"',
    'Active mode: the connection to the client stands.',
  ],
  [226, 'ABOR', 'ABOR command successful', 'Second of the two answers to ABOR: the abort succeeded, not the transfer.'],
  [
    226,
    'transfer',
    'Successfully transferred "<path>"',
    'The transfer ended normally as the server sees it. For an upload this does not prove that the file is whole.',
  ],
  [
    450,
    'transfer',
    'TLS session of data connection has not resumed or the session does not match the control connection',
    'The client did not resume the TLS session of the control connection on the data connection.',
  ],
  [450, 'transfer', 'Unknown TLS error on data connection', 'The TLS handshake of the data connection failed.'],
  [450, 'transfer', 'zlib error', 'The compressed stream of MODE Z is damaged.'],
  [521, 'LIST/RETR/STOR', 'PROT P required', 'Data connections must be encrypted: PROT P is missing.'],
  [
    530,
    'USER',
    'This server does not allow plain FTP. You have to use FTP over TLS.',
    'TLS is mandatory and USER came in clear.',
  ],
  [530, 'USER', 'TLS required', 'This account may log in over TLS only.'],
  [530, 'PASS', 'Login or password incorrect!', 'Unknown user or wrong password; the answer is the same for both.'],
  [530, 'PASS', 'Not logged in, user account has been disabled', 'The administrator disabled the account.'],
  [530, 'any', 'Please log in with USER and PASS first.', 'The command needs a login first.'],
  [
    521,
    'PASS',
    'This user is not allowed to connect from this IP',
    "A filter of the account refuses the client's address.",
  ],
  [
    550,
    'connect',
    'No connections allowed from your IP',
    "The server's address filter refuses the client; sent in place of the greeting.",
  ],
  [421, 'PASS', 'Temporarily banned for too many failed login attempts', 'Automatic ban after failed logins.'],
  [
    421,
    'PASS',
    'Too many users are connected, please try again later.',
    'The limit of users on the server is reached.',
  ],
  [
    421,
    'PASS',
    'Too many users logged in for this account. Try again later.',
    'The limit of connections of the account is reached.',
  ],
  [
    421,
    'PASS',
    'Refusing connection. No more connections allowed from your IP.',
    'The limit of connections from one address is reached.',
  ],
  [421, 'connect', 'Server is locked, please try again later.', 'The administrator locked the server.'],
  [421, 'connect', 'Server offline.', 'The administrator took the server offline.'],
  [421, 'any', 'Server is going offline', 'The server is being shut down.'],
  [421, 'connect', 'Server too busy, closing connection. Please retry later!', 'No place for another session is free.'],
  [
    421,
    'idle',
    'Connection timed out.',
    '"Connections timeout" (120 s unless changed) ran out; after a stalled transfer it follows the 426.',
  ],
  [421, 'idle', 'No-transfer-time exceeded. Closing control connection.', 'Logged in, but no transfer for too long.'],
  [
    421,
    'idle',
    'Login time exceeded. Closing control connection.',
    'USER and PASS did not arrive in time (60 s unless changed).',
  ],
  [421, 'any', 'Kicked by Administrator', 'The administrator closed the session.'],
  [
    431,
    'AUTH / implicit TLS',
    'Could not initialize TLS connection',
    'Certificate or key of the server cannot be used.',
  ],
  [502, 'AUTH', 'Explicit TLS authentication not allowed', 'TLS on request is switched off in the settings.'],
  [
    503,
    'AUTH',
    'Bad sequence of commands. Received additional data after the AUTH command before this reply could be sent.',
    'More bytes followed AUTH in clear: the client pipelines, or someone injects commands.',
  ],
  [
    503,
    'transfer',
    'Bad sequence of commands.',
    'Something must come before: PORT or PASV before a transfer, USER before PASS, RNFR before RNTO.',
  ],
  [504, 'AUTH', 'Auth type not supported', 'AUTH knows TLS and SSL only.'],
  [
    534,
    'PROT',
    'This server requires an encrypted data connection with PROT P',
    'PROT C is refused: data connections must be encrypted.',
  ],
  [501, 'GET/POST/...', 'this is not an HTTP server, closing connection.', 'An HTTP client talks to the FTP port.'],
  [
    501,
    'any',
    'Syntax error, failed to decode string',
    'The command is not UTF-8: the client writes in a local character set.',
  ],
  [
    202,
    'OPTS UTF8 ON',
    'UTF8 mode is always enabled. No need to send this command.',
    'UTF-8 is on anyway; nothing is wrong.',
  ],
  [504, 'OPTS UTF8 OFF', 'UTF8 mode cannot be disabled.', 'UTF-8 cannot be switched off.'],
  [
    550,
    'STOR',
    'Could not open file for writing.',
    'The target cannot be written: in use, read-only, or not permitted.',
  ],
  [550, 'RETR', 'Could not open file for reading.', 'The file cannot be read: in use, or not permitted.'],
  [550, 'RETR/STOR', 'Could not seek to resume offset.', 'The file cannot be continued at the position of REST.'],
  [
    550,
    'STOR',
    'Writing to file failed.',
    'Writing failed: full disk, quota, or a disk error. This series has no 452 or 552.',
  ],
  [550, 'RETR', 'Reading from file failed.', 'The disk failed while the file was read.'],
  [550, 'PASS', 'Home directory does not exist', 'The login is right, but the home directory is missing.'],
  [
    550,
    'PASS',
    'User does not have permission to access own home directory',
    'The login is right, but the home directory may not be read.',
  ],
  [550, 'RETR/SIZE/...', 'File not found', 'The path is not there, or outside the folders shared with the user.'],
  [550, 'RETR/STOR/...', 'Permission denied', 'The shared folder does not permit it.'],
  [553, 'RNTO', 'file exists', 'The new name is taken.'],
  [
    250,
    'CWD',
    'Broken client detected, missing argument to CWD. "<dir>" is current directory.',
    'CWD came without an argument.',
  ],
];

/** FileZilla Server 1.9.4 and 1.7.3, from their source. */
const FILEZILLA_SERVER_1: readonly Row[] = [
  [
    220,
    'connect',
    'FileZilla Server <version>',
    'Greeting, first line. The version is shown only if that is switched on.',
  ],
  [220, 'connect', 'Please visit https://filezilla-project.org/', 'Greeting, second line.'],
  [
    227,
    'PASV',
    'Entering Passive Mode (<host and port>)',
    'It listens. The address is "Public IP or host name" where set; local peers may get the local one.',
  ],
  [229, 'EPSV', 'Entering Extended Passive Mode (|||<port>|)', 'It listens.'],
  [200, 'EPSV ALL', 'EPSV ALL command successful.', 'From now on PORT, EPRT and PASV are refused.'],
  [
    500,
    'PASV',
    'Illegal PASV command, EPSV ALL in effect.',
    'The client announced with EPSV ALL that it would use EPSV only.',
  ],
  [
    500,
    'PORT',
    'Illegal PORT command, EPSV ALL in effect.',
    'The client announced with EPSV ALL that it would use EPSV only.',
  ],
  [
    500,
    'EPRT',
    'Illegal EPRT command, EPSV ALL in effect.',
    'The client announced with EPSV ALL that it would use EPSV only.',
  ],
  [
    500,
    'PASV',
    'You are connected using IPv6. PASV is only for IPv4. You have to use the EPSV command instead.',
    'PASV carries IPv4 addresses only, and the control connection is IPv6.',
  ],
  [500, 'PORT', 'Illegal PORT command.', 'The argument is not six numbers that make an IPv4 address and port.'],
  [500, 'EPRT', 'Illegal EPRT command.', 'The argument of EPRT cannot be read.'],
  [522, 'EPSV/EPRT', 'Network protocol not supported, use (1,2)', 'The family number is neither 1 nor 2.'],
  [421, 'PORT/EPRT', 'Could not create socket.', 'The socket for active mode could not be made.'],
  [
    425,
    'PASV/EPSV',
    'Cannot prepare for data connection.',
    'No passive port is free, listening failed, or the external host name was not found.',
  ],
  [425, 'transfer', 'Use PORT, PASV or EPSV first.', 'The transfer needs PORT, PASV or EPSV first.'],
  [425, 'transfer', 'Use PORT or PASV first.', 'The transfer needs PORT, PASV or EPSV first.'],
  [
    425,
    'transfer',
    'Use EPRT or EPSV first.',
    'The transfer needs EPRT or EPSV first, as the control connection is IPv6.',
  ],
  [425, 'transfer', 'Use EPSV first.', 'The transfer needs EPSV first, as EPSV ALL is in effect.'],
  [425, 'transfer', 'Unable to build data connection: <error>', 'The data connection was not made, or not secured.'],
  [
    425,
    'transfer',
    'Unable to build data connection: TLS session of data connection not resumed.',
    'The data connection must resume the TLS session of the control connection, and did not.',
  ],
  [
    425,
    'transfer',
    'Unable to build data connection: No or wrong ALPN on data connection',
    "The control connection agreed on FileZilla's own ALPN name, the data connection did not.",
  ],
  [
    425,
    'transfer',
    'Unable to build data connection: PROT C is not allowed when the control connection is secure. Use PROT P.',
    'PROT P must be sent after a login over TLS.',
  ],
  [
    425,
    'transfer',
    'Error while transfering data: <ENAME> - <text>',
    'The data connection broke during the transfer, or its TLS was not shut down. Others answer 426 here.',
  ],
  [425, 'RETR', 'Error reading from file: <error>', 'The disk failed while the file was read.'],
  [425, 'STOR', 'Error writing to file: <error>', 'Writing failed: full disk, quota, or a disk error.'],
  [
    426,
    'ABOR',
    'Data connection closed; transfer aborted.',
    'ABOR came while data was moving. In this series 426 always means ABOR.',
  ],
  [426, 'ABOR', 'Command aborted.', 'ABOR came while no data was moving.'],
  [226, 'ABOR', 'ABOR command successful.', 'Second of the two answers to ABOR.'],
  [150, 'transfer', 'Starting data transfer.', 'The data connection stood before the transfer was asked for.'],
  [
    150,
    'transfer',
    'About to start data transfer.',
    'The data connection does not stand yet; this proves nothing about reaching the port.',
  ],
  [226, 'transfer', 'Operation successful', 'The transfer ended normally.'],
  [503, 'USER', 'Use AUTH first.', 'This listener wants TLS before USER.'],
  [503, 'AUTH', 'Spurious data after <CMD> command.', 'More bytes followed AUTH in clear; the connection is closed.'],
  [504, 'AUTH', 'Auth type not supported.', 'AUTH knows TLS and SSL only.'],
  [504, 'AUTH', 'TLS handshaking failed!', 'TLS could not be started.'],
  [534, 'PROT', 'Protection level <X> not allowed', 'A session over TLS must use PROT P.'],
  [331, 'USER', 'Please, specify the password.', 'Sent for unknown users too.'],
  [
    530,
    'PASS',
    'Login incorrect.',
    'Wrong password, unknown or disabled user, or an address not allowed for the user: all look alike.',
  ],
  [
    530,
    'PASS',
    'Login not succeeded because of internal server error. Contact the administrator.',
    'The check of the password failed inside the server.',
  ],
  [421, 'PASS', 'Too many active connections, try again later', 'The limit of connections is reached.'],
  [
    421,
    'idle',
    'Login time exceeded. Closing control connection.',
    'USER and PASS did not arrive in time (1 min unless changed).',
  ],
  [421, 'idle', 'Activity timeout.', 'Neither command nor data for the activity timeout.'],
  [
    501,
    'any',
    'What are you trying to do? Go away.',
    'Commands of HTTP or SMTP, or control bytes, arrived on the FTP port.',
  ],
  [500, 'any', 'Wrong command.', 'The verb is unknown.'],
  [530, 'any', 'Please log in with USER and PASS first.', 'The command needs a login first.'],
];

/** vsftpd 3.0.2, from its source. */
const VSFTPD: readonly Row[] = [
  [227, 'PASV', 'Entering Passive Mode (<host and port>).', 'It listens. pasv_address is announced where set.'],
  [
    227,
    'PASV',
    'Entering Passive Mode (0,0,0,0,<port>).',
    'There is no IPv4 address to announce, as the control connection is IPv6. Use EPSV.',
  ],
  [
    229,
    'EPSV',
    'Entering Extended Passive Mode (|||<port>|).',
    "It listens. The full stop after the bracket is this product's.",
  ],
  [200, 'EPSV ALL', 'EPSV ALL ok.', 'From now on PORT, EPRT and PASV get 550.'],
  [
    522,
    'EPSV',
    'Bad network protocol.',
    'The family asked for is not that of the control connection, or unknown. The list that RFC 2428 demands is missing.',
  ],
  [500, 'EPRT', 'Bad EPRT protocol.', 'The family number of EPRT is not supported.'],
  [500, 'EPRT', 'Bad EPRT command.', 'The argument of EPRT cannot be read.'],
  [500, 'EPRT', 'Illegal EPRT command.', "The address in EPRT is not the client's, or the port is below 1024."],
  [
    500,
    'PORT',
    'Illegal PORT command.',
    'The argument cannot be read, names another host than the client, or a port below 1024.',
  ],
  [
    425,
    'transfer',
    'Failed to establish connection.',
    'The client did not connect within accept_timeout, or could not be connected to within connect_timeout (60 s each).',
  ],
  [
    425,
    'transfer',
    'Security: Bad IP connecting.',
    'The data connection came from another address than the control connection.',
  ],
  [425, 'transfer', 'Use PORT or PASV first.', 'The transfer needs PORT or PASV first.'],
  [
    426,
    'RETR/LIST',
    'Failure writing network stream.',
    'The client closed or reset the data connection, or did not confirm the end of TLS (strict_ssl_write_shutdown).',
  ],
  [
    426,
    'STOR',
    'Failure reading network stream.',
    'The upload broke, or ended without the end of TLS while strict_ssl_read_eof is set.',
  ],
  [451, 'RETR', 'Failure reading local file.', 'The disk failed while the file was read.'],
  [451, 'STOR', 'Failure writing to local file.', 'Writing failed: full disk, quota, or a disk error.'],
  [
    421,
    'transfer',
    'Data timeout. Reconnect. Sorry.',
    'Nothing moved for data_connection_timeout (300 s unless changed). The session ends without a 426.',
  ],
  [421, 'idle', 'Timeout.', 'No command for idle_session_timeout (300 s unless changed).'],
  [225, 'ABOR', 'No transfer to ABOR.', 'Nothing was there to abort.'],
  [226, 'ABOR', 'ABOR successful.', 'Follows the 426 or 226 of the transfer that was aborted.'],
  [226, 'transfer', 'Transfer complete.', 'The transfer ended normally.'],
  [226, 'LIST', 'Directory send OK.', 'The listing ended normally.'],
  [
    226,
    'LIST',
    'Transfer done (but failed to open directory).',
    'The directory could not be opened; the listing is empty for that reason.',
  ],
  [
    522,
    'transfer',
    'SSL connection failed; session reuse required: see require_ssl_reuse option in vsftpd.conf man page',
    'TLS failed on the data connection. The hint is printed whenever require_ssl_reuse is on, whatever failed.',
  ],
  [522, 'transfer', 'SSL connection failed', 'TLS failed on the data connection.'],
  [522, 'transfer', 'Data connections must be encrypted.', 'PROT P is missing.'],
  [421, 'AUTH', 'Negotiation failed: <openssl error>', 'TLS failed on the control connection.'],
  [530, 'USER', 'Non-anonymous sessions must use encryption.', 'force_local_logins_ssl wants TLS before the login.'],
  [530, 'USER', 'Anonymous sessions must use encryption.', 'force_anon_logins_ssl wants TLS before the login.'],
  [530, 'USER', 'Anonymous sessions may not use encryption.', 'allow_anon_ssl is off.'],
  [530, 'USER', 'This FTP server is anonymous only.', 'local_enable is off.'],
  [530, 'PASS', 'Login incorrect.', 'Wrong password, refused by PAM, or a shell that /etc/shells does not list.'],
  [530, 'USER', 'Permission denied.', 'The list of users (userlist) excludes this one.'],
  [530, 'any', 'Please login with USER and PASS.', 'The command needs a login first.'],
  [421, 'connect', 'There are too many connected users, please try later.', 'max_clients is reached.'],
  [421, 'connect', 'There are too many connections from your internet address.', 'max_per_ip is reached.'],
  [421, 'connect', 'Service not available.', 'tcp_wrappers refuses the client.'],
  [
    500,
    'PASS',
    'OOPS: vsftpd: refusing to run with writable root inside chroot()',
    'The home directory is writable and is the root of the session (chroot).',
  ],
  [
    500,
    'any',
    'OOPS: priv_sock_get_cmd',
    'The process of the session died, often by the seccomp sandbox. The line comes unencrypted, which breaks TLS clients.',
  ],
  [500, 'PASV/EPSV', 'OOPS: vsf_sysutil_<bind or listen>', 'The passive port could not be listened on.'],
  [553, 'STOR', 'Could not create file.', 'The file system refuses the file.'],
  [550, 'RETR', 'Failed to open file.', 'The file is missing or unreadable.'],
  [550, 'SIZE', 'Could not get file size.', 'The path is not a regular file that can be read.'],
  [550, 'many', 'Permission denied.', 'write_enable is off, or cmds_denied or deny_file covers it.'],
  [503, 'PROT', 'PROT needs a secure connection.', 'PROT came before AUTH.'],
];

/** ProFTPD, from its source of 2026. */
const PROFTPD: readonly Row[] = [
  [
    229,
    'EPSV',
    'Entering Extended Passive Mode (|||<port>|)',
    'It listens, in the family of the control connection, whatever the argument asks.',
  ],
  [200, 'EPSV ALL', 'EPSV ALL command successful', 'From now on PORT, EPRT and PASV are refused.'],
  [
    500,
    'PASV',
    'Illegal PASV command, EPSV ALL in effect',
    'The client announced with EPSV ALL that it would use EPSV only.',
  ],
  [
    500,
    'PORT',
    'Illegal PORT command, EPSV ALL in effect',
    'The client announced with EPSV ALL that it would use EPSV only.',
  ],
  [
    500,
    'EPRT',
    'Illegal EPRT command, EPSV ALL in effect',
    'The client announced with EPSV ALL that it would use EPSV only.',
  ],
  [522, 'EPSV/EPRT', 'Network protocol not supported, use (1,2)', 'The family is not supported.'],
  [522, 'EPSV/EPRT', 'Network protocol not supported, use (1)', 'IPv6 was asked for and is off.'],
  [501, 'EPSV', 'EPSV: unknown network protocol', 'The argument of EPSV is not a number.'],
  [501, 'PORT', 'Illegal PORT command', 'The argument of PORT cannot be read.'],
  [
    500,
    'PORT',
    'Illegal PORT command',
    "The address is not the client's, or the port is below 1024; the server's log says which.",
  ],
  [500, 'EPRT', 'Illegal EPRT command', "The address in EPRT is not the client's, or the port is below 1024."],
  [500, 'PORT', 'Unable to service PORT commands', 'Active mode cannot work as the server is configured.'],
  [
    425,
    'transfer',
    'Unable to build data connection: <error>',
    'Connecting failed, a foreign address connected, or TLS was refused; "Operation not permitted" points to the latter.',
  ],
  [425, 'PASV/EPSV', 'Unable to build data connection: Internal error', 'The passive port could not be made.'],
  [426, 'transfer', 'Transfer aborted. Data connection closed', 'The client closed or reset the data connection.'],
  [
    426,
    'ABOR',
    'Transfer aborted. Data connection closed.',
    'ABOR, or a command that aborts, came during the transfer. Note the full stop at the end.',
  ],
  [
    450,
    'transfer',
    'Transfer aborted. Link to file server lost',
    'The network failed, or the network file system behind the server.',
  ],
  [451, 'transfer', 'Transfer aborted. Insufficient memory or file locked', 'The file is locked, or memory is short.'],
  [451, 'transfer', 'Transfer aborted. <error>', 'The server failed while it read or wrote.'],
  [452, 'STOR', 'Transfer aborted. <error: no space>', 'The file system is full.'],
  [552, 'STOR', 'Transfer aborted. <error: quota or size>', "The quota or the limit of a file's size is reached."],
  [
    421,
    'idle',
    'Idle timeout (<n> seconds): closing control connection',
    'TimeoutIdle (600 s unless changed) ran out.',
  ],
  [
    421,
    'idle',
    'No transfer timeout (<n> seconds): closing control connection',
    'TimeoutNoTransfer (300 s unless changed) ran out.',
  ],
  [
    421,
    'idle',
    'Login timeout (<n> seconds): closing control connection',
    'TimeoutLogin (300 s unless changed) ran out.',
  ],
  [421, 'any', 'Session Timeout (<n> seconds): closing control connection', 'TimeoutSession ran out.'],
  [421, 'any', 'FTP server shutting down - <msg>', 'The administrator announced a shutdown.'],
  [
    550,
    'USER/...',
    'SSL/TLS required on the control channel',
    'TLSRequired is on, and the control connection is not encrypted.',
  ],
  [
    522,
    'transfer',
    'SSL/TLS required on the data channel',
    'TLSRequired covers data connections, and PROT P is missing.',
  ],
  [431, 'AUTH', 'Necessary security resource unavailable', 'TLS of the server is not set up right.'],
  [534, 'AUTH/PROT', 'Unwilling to accept security parameters', 'The policy of the server refuses it.'],
  [530, 'PASS', 'Login incorrect.', 'Wrong credentials, or any rule that refuses the user.'],
  [
    530,
    'PASS',
    'Sorry, the maximum number of clients (<n>) from your host are already connected.',
    'MaxClientsPerHost is reached.',
  ],
  [
    530,
    'PASS',
    'Sorry, the maximum number of clients (<n>) for this user are already connected.',
    'MaxClientsPerUser is reached.',
  ],
  [500, 'any', 'Invalid command: try being more creative', 'The line is empty or no command.'],
  [550, 'SIZE', 'SIZE not allowed in ASCII mode', 'SIZE is refused while TYPE A is in effect.'],
  [451, 'STOR/APPE after REST', '<path>: Append/Restart not permitted, try again', 'AllowStoreRestart is off.'],
  [451, 'REST+STOR', 'REST STOR not allowed', 'Uploads cannot be continued.'],
  [550, 'STOR', '<path>: Overwrite permission denied', 'AllowOverwrite is off.'],
  [550, 'RETR/SIZE/CWD', '<path>: No such file or directory', 'The path is not there.'],
];

/** Pure-FTPd, from its source of 2026. */
const PURE_FTPD: readonly Row[] = [
  [229, 'EPSV', 'Extended Passive mode OK (|||<port>|)', 'It listens, in the family of the control connection.'],
  [220, 'EPSV ALL', 'Active mode is disabled', 'Answer to EPSV ALL, no new greeting. PASV goes on working.'],
  [501, 'PORT/EPRT', 'Active mode is disabled', 'EPSV ALL is in effect, or active mode is switched off.'],
  [522, 'EPSV/EPRT', 'Only IPv4 is supported (1)', 'The server has IPv4 only.'],
  [522, 'EPRT', 'Only IPv4 and IPv6 are supported (1,2)', 'The family number of EPRT is neither 1 nor 2.'],
  [
    425,
    'PASV',
    'You cannot use PASV on IPv6 connections. Use EPSV instead.',
    'PASV carries IPv4 addresses only, and the control connection is IPv6.',
  ],
  [
    425,
    'PASV',
    'Please use an IPv6-conformant client with EPSV support',
    'ForcePassiveIP is an IPv6 address, and the client sent PASV.',
  ],
  [425, 'PASV/EPSV', 'All reserved TCP ports are busy', 'PassivePortRange is used up.'],
  [425, 'transfer', 'No data connection', 'The transfer needs PASV or PORT first.'],
  [425, 'transfer', 'Could not open data connection to port <n>: <error>', 'The client could not be connected to.'],
  [
    421,
    'transfer',
    'Timeout (no new data for <n> seconds)',
    'The client never connected to the passive port, or the transfer stalled.',
  ],
  [421, 'idle', 'Timeout (no operation for <n> seconds)', 'Nothing but NOOP and the like for too long.'],
  [421, 'idle', 'Timeout - try typing a little faster next time', 'MaxIdleTime (15 min unless changed) ran out.'],
  [421, 'any', 'Timeout', 'A timer ran out.'],
  [500, 'PORT/EPRT', "I won't open a connection to <ip> (only to <ip>)", "The address named is not the client's."],
  [501, 'PORT/EPRT', "Sorry, but I won't connect to ports < 1024", 'Ports below 1024 are refused.'],
  [150, 'transfer', 'Accepted data connection', 'The client has connected.'],
  [150, 'transfer', 'Connecting to port <n>', 'The connection to the client stands.'],
  [
    226,
    'transfer',
    'File successfully transferred',
    'The transfer ended normally; lines before it give seconds and speed.',
  ],
  [426, 'ABOR', 'ABORT', 'ABOR came during a download.'],
  [426, 'ABOR', 'Transfer aborted', 'ABOR came during an upload.'],
  [451, 'STOR', 'Transfer aborted', 'The upload ended abnormally.'],
  [451, 'transfer', 'Error during read from data connection', 'The data connection failed.'],
  [452, 'STOR', 'Error during write to file', 'Writing failed: full disk or a disk error.'],
  [552, 'STOR', 'Transfer aborted (quota)', 'The quota is reached.'],
  [552, 'STOR', "Quota exceeded: [<file>] won't be saved", 'The quota is reached.'],
  [552, 'STOR', 'Disk full - please upload later', 'MaxDiskUsage is reached.'],
  [226, 'ABOR', "Since you see this ABOR must've succeeded", 'Nothing was there to abort.'],
  [521, 'transfer', 'Data connection cannot be opened with this PROT setting.', 'PROT P is missing.'],
  [
    421,
    'USER',
    'Sorry, cleartext sessions and weak ciphers are not accepted on this server.',
    'TLS is mandatory and the login came in clear, or with a weak cipher.',
  ],
  [530, 'PASS', 'Login authentication failed', 'Wrong credentials.'],
  [530, 'PASS', "Sorry, but I can't trust you", 'The account is below MinUID or not trusted otherwise.'],
  [530, 'USER', 'This is a private system - No anonymous login', 'Anonymous logins are off.'],
  [530, 'any', "You aren't logged in", 'The command needs a login first.'],
  [421, 'PASS', 'Home directory not available - aborting', 'The home directory is missing.'],
  [421, 'connect', '<n> users (the maximum) are already logged in, sorry', 'MaxClientsNumber is reached.'],
  [421, 'connect', 'Too many connections (<n>) from this IP', 'MaxClientsPerIP is reached.'],
  [500, 'AUTH SSL', 'This security scheme is not implemented', 'Only AUTH TLS is supported.'],
  [503, 'PROT', 'PROT must be preceded by a successful PBSZ command', 'PBSZ must come before PROT.'],
  [
    503,
    'RETR/STOR',
    'ASCII resume is unsafe, please delete the file first',
    'Files cannot be continued while TYPE A is in effect.',
  ],
  [504, 'REST', 'Reply marker must be 0 in ASCII mode', 'Files cannot be continued while TYPE A is in effect.'],
  [554, 'RETR/STOR', 'Restart offset <n> is too large for file size <m>.', 'REST is beyond the end of the file.'],
  [226, 'RETR', 'Nothing left to download', 'REST equals the size of the file: it is complete already.'],
  [550, 'RETR', 'I can only retrieve regular files', 'RETR was asked for a directory.'],
];

/** Microsoft IIS 7 to 10, from public transcripts and the documentation of the vendor. */
const MICROSOFT_IIS: readonly Row[] = [
  [
    125,
    'transfer',
    'Data connection already open; Transfer starting.',
    'The data connection stood before the transfer was asked for.',
  ],
  [150, 'transfer', 'Opening ASCII/BINARY mode data connection.', 'The data connection is about to be used.'],
  [226, 'transfer', 'Transfer complete.', 'The transfer ended normally.'],
  [229, 'EPSV', 'Entering Extended Passive Mode (|||<port>|)', 'It listens.'],
  [331, 'USER', 'Password required', 'USER is accepted.'],
  [425, 'transfer', 'Cannot open data connection.', 'The data connection was not made.'],
  [
    425,
    'transfer',
    'Data channel timed out due to not meeting the minimum bandwidth requirement.',
    'Too little moved on the data connection. Also seen where server and client wait for each other at the end of TLS.',
  ],
  [426, 'transfer', 'Connection closed; transfer aborted.', 'The data connection ended before the transfer did.'],
  [530, 'PASS', 'User cannot log in.', 'Wrong credentials, or no authorization rule for the user.'],
  [
    530,
    'PASS',
    'User cannot log in, home directory inaccessible.',
    'The login is right, but there is no home directory, or no rule that opens it.',
  ],
  [534, 'USER', 'Policy requires SSL.', 'The site wants TLS before the login.'],
  [
    534,
    'AUTH',
    'Local policy on server does not allow TLS secure connections.',
    'No certificate is bound to the site.',
  ],
  [
    550,
    'STOR/RETR/DELE',
    'The process cannot access the file because it is being used by another process.',
    'Another process has the file open.',
  ],
  [550, 'RETR/SIZE', 'The system cannot find the file specified.', 'The file is missing.'],
  [550, 'many', 'Access is denied.', 'The NTFS permissions refuse it.'],
];

const RFC_WORDS = 'The words of RFC 959; any product may use them.';

/** The words of RFC 959 section 4.2.2, where they tell little by themselves. */
const RFC_959: readonly Row[] = [
  [421, 'any', 'Service not available, closing control connection.', RFC_WORDS],
  [425, 'transfer', "Can't open data connection.", RFC_WORDS],
  [426, 'transfer', 'Connection closed; transfer aborted.', RFC_WORDS],
  [450, 'any', 'Requested file action not taken.', RFC_WORDS],
  [451, 'any', 'Requested action aborted: local error in processing.', RFC_WORDS],
  [452, 'any', 'Requested action not taken.', RFC_WORDS],
  [552, 'any', 'Requested file action aborted.', RFC_WORDS],
];

/** Every known text. Administrators may translate or replace many of them: code and verb say more than the words. */
export const REPLY_TEXTS: readonly ReplyText[] = [
  ...textsOf('FileZilla Server 0.9', FILEZILLA_SERVER_0),
  ...textsOf('FileZilla Server 1', FILEZILLA_SERVER_1),
  ...textsOf('vsftpd', VSFTPD),
  ...textsOf('ProFTPD', PROFTPD),
  ...textsOf('Pure-FTPd', PURE_FTPD),
  ...textsOf('Microsoft IIS', MICROSOFT_IIS),
  ...textsOf('others', RFC_959),
];

function textsOf(product: string, rows: readonly Row[]): ReplyText[] {
  return rows.map(([code, context, text, sense]) => ({ code, product, context, text, sense }));
}

/** The known texts with this code. */
export function textsWithCode(code: number): ReplyText[] {
  return REPLY_TEXTS.filter((known) => known.code === code);
}

/** The known texts that `text`, behind its code, is an instance of; those alike to the full stop come first and alone. */
export function textsLike(code: number, text: string): ReplyText[] {
  const wanted = text.trim();
  const candidates = textsWithCode(code);
  const exact = candidates.filter((known) => fitsTemplate(wanted, known.text));
  if (exact.length > 0) return exact;
  const loose = withoutStop(wanted).toLowerCase();
  return candidates.filter((known) => fitsTemplate(loose, withoutStop(known.text).toLowerCase()));
}

function withoutStop(text: string): string {
  return text.endsWith('.') ? text.substring(0, text.length - 1) : text;
}

/** Whether the fixed parts of the template stand in the text in their order, and reach from its beginning to its end. */
function fitsTemplate(text: string, template: string): boolean {
  const parts = template.split(/<[^<>]*>/);
  const last = parts.pop()!;
  if (parts.length === 0) return text === last;
  if (!text.startsWith(parts[0]!) || !text.endsWith(last)) return false;
  let at = parts[0]!.length;
  for (const part of parts.slice(1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
