/** Takes a line of a control connection apart: verb or code, the endpoint in it, and the products that write it so. */

import type { Endpoint } from '../report.ts';
import { endpointOf } from './addresses.ts';
import { readExtendedHostPort, readExtendedPort, readHostPort } from './endpoints.ts';
import { meaningOfReply, type ReplyMeaning } from './reply-meanings.ts';
import { type ReplyText, textsLike } from './reply-texts.ts';
import { meaningOfVerb, type VerbMeaning } from './verb-meanings.ts';

/** What a line says. */
export interface LineParts {
  /** The line, without a client's label before it, and without a password. */
  readonly line: string;
  readonly verb: VerbMeaning | null;
  readonly reply: ReplyMeaning | null;
  /** The address and port that it carries; the address is null where the line has none. */
  readonly endpoint: Endpoint | null;
  /** What stands out in it. */
  readonly notes: readonly string[];
  /** The texts of products that it is an instance of. */
  readonly texts: readonly ReplyText[];
}

/** A longer line is no command and no reply. */
const LINE_MAX = 4096;
/** What clients write before the lines of a control connection. */
const LABEL = /^\s*(?:(?:Response|Reply|Command|Antwort|Befehl):|<-{2,4}|-{2,4}>|[<>])\s*/i;
const REPLY = /^([1-6]\d\d)(?:[ -](.*))?$/s;
const COMMAND = /^([A-Za-z][A-Za-z0-9]{1,6})(?:\s+(.*))?$/s;
const SECRETS: ReadonlySet<string> = new Set(['PASS', 'ACCT', 'ADAT']);

/** Takes a command, a reply, or the argument of PORT or EPRT alone apart; null for anything else. */
export function takeLineApart(text: string): LineParts | null {
  const line = text.substring(0, LINE_MAX).replace(LABEL, '').trim();
  const reply = REPLY.exec(line);
  if (reply !== null) return takeReplyApart(line, Number(reply[1]), reply[2] ?? '');
  const command = COMMAND.exec(line);
  const verb = command === null ? null : meaningOfVerb(command[1]!);
  if (verb !== null) return takeCommandApart(verb, command![2] ?? '');
  if (readExtendedHostPort(line) !== null) return { ...takeCommandApart(meaningOfVerb('EPRT')!, line), line };
  if (/^\(?\d+(?:,\d+){5}\)?$/.test(line)) return { ...takeCommandApart(meaningOfVerb('PORT')!, line), line };
  return null;
}

function takeReplyApart(line: string, code: number, text: string): LineParts | null {
  const reply = meaningOfReply(code);
  if (reply === null) return null;
  const parts: LineParts = { line, verb: null, reply, endpoint: null, notes: [], texts: textsLike(code, text) };
  if (code === 227) {
    const endpoint = hostPortEndpoint(text);
    return {
      ...parts,
      endpoint,
      notes: endpoint === null ? ['No six numbers that make a port are in it.'] : notesOf(endpoint),
    };
  }
  if (code === 229) {
    const port = readExtendedPort(text);
    if (port === null)
      return {
        ...parts,
        notes: ['It is malformed: RFC 2428 wants (|||port|), with one delimiter in all four places.'],
      };
    const endpoint = endpointOf(null, port);
    return { ...parts, endpoint, notes: ['The address is that of the control connection.'] };
  }
  return parts;
}

function takeCommandApart(verb: VerbMeaning, argument: string): LineParts {
  const shown = argument === '' ? '' : ` ${SECRETS.has(verb.verb) ? '***' : argument}`;
  const parts: LineParts = { line: verb.verb + shown, verb, reply: null, endpoint: null, notes: [], texts: [] };
  if (argument === '') return parts;
  if (verb.verb === 'PORT') {
    const endpoint = hostPortEndpoint(argument);
    return { ...parts, endpoint, notes: endpoint === null ? ['The argument is malformed.'] : notesOf(endpoint) };
  }
  if (verb.verb === 'EPRT') return { ...parts, ...extendedEndpoint(argument) };
  if (verb.verb === 'EPSV') return { ...parts, notes: [noteOnEpsv(argument.trim().toUpperCase())] };
  return parts;
}

function hostPortEndpoint(text: string): Endpoint | null {
  const found = readHostPort(text);
  return found === null ? null : endpointOf(found.address, found.port);
}

function extendedEndpoint(argument: string): Pick<LineParts, 'endpoint' | 'notes'> {
  const found = readExtendedHostPort(argument);
  if (found === null) return { endpoint: null, notes: ['It is malformed: RFC 2428 wants |family|address|port|.'] };
  const endpoint = endpointOf(found.address, found.port);
  const announced = found.protocol === 1 ? 'ipv4' : found.protocol === 2 ? 'ipv6' : null;
  const notes = notesOf(endpoint);
  if (announced === null) notes.push(`Family ${found.protocol} is neither 1 (IPv4) nor 2 (IPv6): servers answer 522.`);
  else if (endpoint.family !== 'unknown' && endpoint.family !== announced)
    notes.push(`Family ${found.protocol} does not fit the address.`);
  return { endpoint, notes };
}

function noteOnEpsv(argument: string): string {
  if (argument === 'ALL')
    return 'From now on every set-up but EPSV is to be refused, so that NAT may leave the session alone.';
  if (argument === '1') return 'It asks for IPv4.';
  if (argument === '2') return 'It asks for IPv6.';
  return 'The argument is neither a family (1 or 2) nor ALL.';
}

const RANGE_NOTES: Readonly<Record<string, string>> = {
  private: 'The address is private: it can be reached from within its own network only.',
  loopback: 'The address is that of the machine itself: no other can reach it.',
  'link-local': 'The address is valid on one link only.',
  reserved: 'The address is reserved: nothing can be reached there.',
};

function notesOf({ address, port, family, range }: Endpoint): string[] {
  const notes: string[] = [];
  if (address === null) notes.push('The address is blotted out or no address.');
  else if (family === 'unknown') notes.push('What stands for the address is none.');
  const note = range === null ? undefined : RANGE_NOTES[range];
  if (note !== undefined) notes.push(note);
  if (port === 0 || (port ?? 0) > 65_535) notes.push('The port is not valid.');
  else if (port !== null && port < 1024) notes.push('The port is below 1024, which many servers refuse.');
  return notes;
}
