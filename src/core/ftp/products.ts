import { perText } from '../bytes/per-text.ts';

/** Which server a greeting names. */
export interface Product {
  readonly product: string;
  readonly version: string | null;
}

/** Greetings that name a product, each with its version as the first group. */
const GREETINGS: readonly (readonly [RegExp, string])[] = [
  [/FileZilla (?:Pro Enterprise )?Server(?: version)?(?: ([\d.]+(?:[ -]?(?:beta|rc)\d*)?))?/i, 'FileZilla Server'],
  [/\(?vsFTPd ([\w.+-]+)/i, 'vsftpd'],
  [/ProFTPD(?: (\d[\w.+-]*))?/i, 'ProFTPD'],
  [/Pure-?FTPd(?: ([\d.]+))?/i, 'Pure-FTPd'],
  [/pyftpdlib ([\w.]+)/i, 'pyftpdlib'],
  [/Microsoft FTP Service(?: \(Version ([\d.]+)\))?/i, 'Microsoft IIS'],
  [/Serv-U FTP[- ]?Server v?([\d.]+)?/i, 'Serv-U'],
  [/Gene6 FTP Server v?([\d.]+)?/i, 'Gene6'],
  [/Titan FTP Server ([\d.]+)?/i, 'Titan'],
  [/CrushFTP(?:d)?(?: v?([\d.]+))?/i, 'CrushFTP'],
  [/WS_FTP Server ([\d.]+)?/i, 'WS_FTP'],
  [/\bFTP server \(Version (wu-[\w.-]+)/i, 'wu-ftpd'],
  [/QTCP at /, 'IBM i'],
  [/Cerberus FTP Server/i, 'Cerberus'],
  [/glFTPd ([\d.]+)?/i, 'glFTPd'],
  [/Synology|DiskStation/i, 'Synology'],
];

/** The product that a greeting names, or null. Greetings can be changed by the administrator. */
export const productOf = perText((greeting): Product | null => {
  for (const [pattern, product] of GREETINGS) {
    const match = pattern.exec(greeting);
    if (match !== null) return { product, version: match[1]?.replace(/(?<![.)])[.)]+$/, '') ?? null };
  }
  return null;
});
