import { filezillaClient } from './filezilla-client.ts';
import { filezillaServer09 } from './filezilla-server-0.9.ts';
import type { Format } from './format.ts';
import { ftplib } from './ftplib.ts';
import { lftp } from './lftp.ts';
import { proftpd } from './proftpd.ts';
import { pyftpdlib } from './pyftpdlib.ts';
import { tnftp } from './tnftp.ts';
import { vsftpd } from './vsftpd.ts';
import { wget } from './wget.ts';
import { xferlog } from './xferlog.ts';

/** Every format, those that leave least to chance first: where two read a text equally well, the earlier one is taken. */
export const formats: readonly Format[] = [
  pyftpdlib,
  proftpd,
  vsftpd,
  filezillaServer09,
  filezillaClient,
  ftplib,
  wget,
  lftp,
  tnftp,
  xferlog,
];
