/** The port that a 227 or 229 reply names (RFC 959 section 4.1.2, RFC 2428 section 3), 0 if it cannot be read. */
export function passivePortIn(reply: string): number {
  const extended = /\(?[|!](?:\d?)[|!][^|!]{0,45}[|!](\d{1,5})[|!]/.exec(reply);
  if (extended !== null) return Number(extended[1]);
  const plain = /(\d{1,3}),\s?(\d{1,3})[^\d,]{0,80}$/.exec(reply);
  return plain === null ? 0 : Number(plain[1]) * 256 + Number(plain[2]);
}
