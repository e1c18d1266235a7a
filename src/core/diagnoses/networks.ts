/** Networks that addresses are told apart by: /24 for IPv4, /64 for IPv6. */

import { perText } from '../bytes/per-text.ts';
import { classifyAddress } from '../ftp/addresses.ts';

const IPV6_GROUPS = 8;

/** `203.0.113.0/24`, `2001:db8:1:2::/64`, or null for what is no address. */
export const networkOf = perText((address): string | null => {
  const { family, plain } = classifyAddress(address);
  if (family === 'ipv4') return `${plain.slice(0, plain.lastIndexOf('.'))}.0/24`;
  if (family !== 'ipv6') return null;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, IPV6_GROUPS - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4);
  const short = groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
  return `${short.replace(/(?::0)+$/, '')}::/64`;
});
