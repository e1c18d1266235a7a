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
  // vsftpd, ProFTPD and Pure-FTPd send the 150 after they have accepted or made the connection.
  if (product === 'vsftpd' || product === 'proftpd' || product === 'pure-ftpd') return true;
  return null;
}
