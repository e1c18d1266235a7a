import { counted } from '../diagnoses/wording.ts';
import { Verb } from '../ftp/verbs.ts';
import type { Alignment } from './alignment.ts';
import type { Evidence } from './evidence.ts';
import type { Fingerprint, Steps } from './fingerprint.ts';

/** Commands whose arguments nearly every session has alike. */
const COMMON_ARGUMENTS: ReadonlySet<number> = new Set([
  Verb.USER,
  Verb.PASS,
  Verb.ACCT,
  Verb.AUTH,
  Verb.PBSZ,
  Verb.PROT,
  Verb.TYPE,
  Verb.MODE,
  Verb.OPTS,
  Verb.FEAT,
  Verb.SYST,
  Verb.PWD,
  Verb.XPWD,
  Verb.QUIT,
  Verb.NOOP,
  Verb.ABOR,
  Verb.CDUP,
]);

/** Commands and replies in order: what every session says counts little, names count, and what contradicts counts most. */
export function weighDialogue(
  client: Fingerprint,
  server: Fingerprint,
  alignment: Alignment,
  evidence: Evidence,
): void {
  const common = commonIn(client.steps, server.steps, alignment);
  const commands = Math.min(commandsIn(client.steps), commandsIn(server.steps));
  const how = client.hasReplies && server.hasReplies ? 'in order, with their replies' : 'in order';
  evidence.add(
    Math.min(4, 0.4 * common.usual) + Math.min(10, 2.5 * common.names),
    () => `${common.agreeing} of ${commands} commands agree ${how}.`,
  );
  if (common.otherNames > 0)
    evidence.add(-Math.min(12, 4 * common.otherNames), () => 'Some commands have other arguments: a name was changed.');
  if (common.otherCodes > 0)
    evidence.add(
      -Math.min(20, 5 * common.otherCodes),
      () => `${counted(common.otherCodes, 'reply', 'replies')} with another code.`,
    );
  const [within, around] = missingCommands(client, server, alignment);
  if (within > 0)
    evidence.add(
      -Math.min(20, 3 * within),
      () => `${counted(within, 'command')} in one record only, amid common ones.`,
    );
  if (around > 0)
    evidence.add(-Math.min(9, 1.5 * around), () => `${counted(around, 'command')} before or after the common ones.`);
}

/** What the matched exchanges have in common. */
function commonIn(a: Steps, b: Steps, alignment: Alignment) {
  let usual = 0;
  let agreeing = 0;
  let otherCodes = 0;
  const names = new Set<number>();
  const otherNames = new Set<string>();
  for (let n = 0; n < alignment.client.length; n++) {
    const i = alignment.client[n]!;
    const j = alignment.server[n]!;
    const verb = a.verbs[i]!;
    if (verb === 0) continue;
    const sameArgument = a.args[i] === b.args[j];
    if (a.codes[i] !== 0 && b.codes[j] !== 0 && a.codes[i] !== b.codes[j]) otherCodes++;
    else if (sameArgument) agreeing++;
    // Who logs in is weighed by itself.
    if (!sameArgument && verb !== Verb.USER) otherNames.add(`${a.args[i]} ${b.args[j]}`);
    else if (a.args[i] === 0 || COMMON_ARGUMENTS.has(verb)) usual++;
    else names.add(a.args[i]!);
  }
  return { usual, agreeing, otherCodes, names: names.size, otherNames: otherNames.size };
}

function commandsIn({ verbs }: Steps): number {
  let count = 0;
  for (const verb of verbs) if (verb !== 0) count++;
  return count;
}

/** Commands that only one record shows: between the first and the last common one, and before or after where both go on. */
function missingCommands(client: Fingerprint, server: Fingerprint, alignment: Alignment): [number, number] {
  const a = missingIn(client.steps, alignment.client);
  const b = missingIn(server.steps, alignment.server);
  return [a.within + b.within, a.around + b.around];
}

function missingIn({ verbs, count }: Steps, common: readonly number[]): { within: number; around: number } {
  let within = 0;
  let around = 0;
  const first = common[0] ?? count;
  const last = common[common.length - 1] ?? -1;
  for (let i = 0, n = 0; i < count; i++) {
    if (common[n] === i) n++;
    // Clients such as curl since 7.47 do not print the QUIT that they send.
    else if (verbs[i] !== 0 && verbs[i] !== Verb.QUIT)
      if (i > first && i < last) within++;
      else around++;
  }
  return { within, around };
}
