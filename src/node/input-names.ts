import path from 'node:path';
import { type InputPath, STDIN } from './inputs.ts';

const COMPRESSED = /\.(?:gz|zst|bz2|xz)$/i;

/**
 * What `{name}` in an output's path stands for, for each input: its file's name without extension. Where several are alike,
 * the names of the folders that tell them apart stand before it.
 */
export function nameInputs(inputs: readonly InputPath[]): string[] {
  const candidates = inputs.map((input) => candidatesFor(input.path));
  const claims = new Map<string, number>();
  for (const name of candidates.flat()) claims.set(name, (claims.get(name) ?? 0) + 1);
  const given = new Set<string>();
  return candidates.map((names) => {
    const name = names.find((one) => claims.get(one) === 1) ?? firstFree(names.at(-1)!, given);
    given.add(name);
    return name;
  });
}

/** From the shortest name to the longest: `server`, `b-server`, `a-b-server`, `server.log`, … */
function candidatesFor(file: string): string[] {
  if (file === STDIN) return ['stdin'];
  const base = path.basename(file);
  const stem = path.parse(base.replace(COMPRESSED, '')).name;
  const folders = path.dirname(file).split(/[/\\]/);
  const above = folders.filter((part) => part !== '' && part !== '.' && part !== '..').reverse();
  return [
    ...new Set([stem, base].flatMap((name) => [name, ...above.map((_, i) => prefixed(name, above.slice(0, i + 1)))])),
  ];
}

function prefixed(name: string, above: readonly string[]): string {
  return [...above].reverse().concat(name).join('-');
}

function firstFree(name: string, given: ReadonlySet<string>): string {
  for (let i = 2; ; i++) if (!given.has(`${name}-${i}`)) return `${name}-${i}`;
}
