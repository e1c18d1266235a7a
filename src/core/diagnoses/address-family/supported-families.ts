/** The families in the list of a 522 reply, `(1)`, `(1,2)` (RFC 2428 section 2); null where it has no list. */
export function supportedFamilies(text: string): readonly ('ipv4' | 'ipv6')[] | null {
  const list = /\((\d(?:\s?,\s?\d){0,8})\)/.exec(text)?.[1];
  if (list === undefined) return null;
  const families: ('ipv4' | 'ipv6')[] = [];
  if (list.includes('1')) families.push('ipv4');
  if (list.includes('2')) families.push('ipv6');
  return families;
}
