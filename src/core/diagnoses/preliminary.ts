import type { Exchange } from '../sessions/session.ts';
import type { Product } from './products.ts';

/**
 * Whether the 1yz reply of a transfer proves that its data connection existed: true, false (it was still awaited), or null
 * where it cannot tell. Servers differ in when they send it.
 */
export function provesDataConnection(exchange: Exchange, product: Product | null): boolean | null {
  const { preliminary } = exchange;
  if (preliminary === null) return false;
  if (preliminary.code === 125) return true;
  const text = preliminary.text;
  if (/^About to start data transfer/i.test(text)) return false;
  if (/^(?:Starting data transfer|Data channel opened|Accepted data connection|Here comes the directory)/i.test(text))
    return true;
  // It sends 125 where the data connection stands, and this where it does not.
  if (product === 'pyftpdlib') return false;
  // vsftpd, ProFTPD and Pure-FTPd send the 150 after they have accepted or made the connection.
  if (product === 'vsftpd' || product === 'proftpd' || product === 'pure-ftpd') return true;
  return null;
}

/**
 * Whether the server closed the session while the transfer still waited for its data connection: these servers refuse a file at
 * once, and send the 1yz reply when the connection stands.
 */
export function waitedUntilClosed({ preliminary, final }: Exchange, product: Product | null): boolean {
  if (final?.code !== 421 || preliminary !== null || !CLOSED_BY_TIME.test(final.text)) return false;
  return product === 'vsftpd' || product === 'proftpd' || product === 'pure-ftpd';
}

const CLOSED_BY_TIME = /^(?:Timeout|(?:No transfer|Idle) timeout)\b/i;
