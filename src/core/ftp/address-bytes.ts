import ipaddr from 'ipaddr.js';

/** The 4 or 16 bytes of an IPv4 or IPv6 address in any notation; null for what is no address. */
export function bytesOfAddress(text: string): number[] | null {
  if (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text)) return null;
  return ipaddr.isValid(text) ? ipaddr.parse(text).toByteArray() : null;
}

/** The usual notation of 4 or 16 bytes (RFC 5952 for IPv6); `full` writes every group with four digits. */
export function addressOfBytes(bytes: readonly number[], full = false): string {
  const address = ipaddr.fromByteArray([...bytes]);
  if (!full || !(address instanceof ipaddr.IPv6)) return address.toString();
  return address.parts.map((part) => part.toString(16).padStart(4, '0')).join(':');
}
