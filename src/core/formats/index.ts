import { curlTrace } from './curl-trace.ts';
import { curlVerbose } from './curl-verbose.ts';
import { filezillaClient } from './filezilla-client.ts';
import { filezillaServer09 } from './filezilla-server-0.9.ts';
import { filezillaServer1 } from './filezilla-server-1.ts';
import type { Format } from './format.ts';
import { ftpDialogue } from './ftp-dialogue.ts';
import { ftplib } from './ftplib.ts';
import { iisW3c } from './iis-w3c.ts';
import { lftp } from './lftp.ts';
import { proftpd } from './proftpd.ts';
import { pureFtpd } from './pure-ftpd.ts';
import { pyftpdlib } from './pyftpdlib.ts';
import { tnftp } from './tnftp.ts';
import { vsftpd } from './vsftpd.ts';
import { wget } from './wget.ts';
import { winscp } from './winscp.ts';
import { xferlog } from './xferlog.ts';

/** Every format, those that leave least to chance first: where two read a text equally well, the earlier one is taken. */
export const formats: readonly Format[] = [
  iisW3c,
  pyftpdlib,
  proftpd,
  pureFtpd,
  vsftpd,
  winscp,
  filezillaServer09,
  filezillaServer1,
  filezillaClient,
  ftplib,
  wget,
  lftp,
  curlVerbose,
  curlTrace,
  tnftp,
  xferlog,
  ftpDialogue,
];
