import { spawn, spawnSync } from 'node:child_process';
import { root } from './run.ts';

/** Whether `script` (util-linux, in every Linux distribution) is there to give a program a terminal. */
const isInstalled = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '');
const isRequired = process.env['CI'] === 'true';
if (!isInstalled && !isRequired)
  console.warn(
    'Nothing is tried on a terminal: script of util-linux is not installed (package util-linux or bsdutils)',
  );

/** Whether tests on a terminal run; where CI is set they do, and fail without one. */
export const hasTerminal = isInstalled || isRequired;

/** What a program wrote to its terminal, and how it ended. */
export interface Shown {
  readonly code: number | null;
  readonly text: string;
  /** Lines as they stand on the screen in the end. */
  readonly screen: readonly string[];
}

/** How a command is run on a terminal. */
export interface Manner {
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Asked for what is typed next, with what the program wrote so far; null: nothing yet. */
  readonly type?: (text: string) => string | null;
}

/** Runs a shell's command on a terminal. */
export function onTerminal(command: string, { columns = 100, env = {}, type }: Manner = {}): Promise<Shown> {
  const { CI, NO_COLOR, FORCE_COLOR, COLUMNS, ...rest } = process.env;
  const child = spawn('script', ['-qec', `stty cols ${columns} rows 30; ${command}`, '/dev/null'], {
    cwd: root,
    env: { ...rest, TERM: 'xterm', SHELL: '/bin/sh', ...env },
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part;
    const typed = type?.(text) ?? null;
    if (typed !== null) child.stdin.write(typed);
  });
  return new Promise((resolve) =>
    child.on('close', (code) => {
      child.stdin.destroy();
      resolve({ code, text, screen: screenOf(text) });
    }),
  );
}

const STEP = /\x1b\[(\??[\d;]*)([A-Za-z])|\x1b([78])|([^\x1b])/gsu;

/** What stands on a screen without end after `text` was written to it; of control sequences those that bars use. */
function screenOf(text: string): string[] {
  const lines: string[][] = [[]];
  let [row, column] = [0, 0];
  let saved = [0, 0];
  for (const [whole, parameter, letter, cursor, character] of text.matchAll(STEP)) {
    const line = lines[row]!;
    if (letter === 'G') column = Number(parameter || 1) - 1;
    else if (letter === 'K' && parameter === '2') line.length = 0;
    else if (letter === 'K' && (parameter === '' || parameter === '0')) line.length = Math.min(line.length, column);
    else if (letter === 'm') continue;
    else if (cursor === '7') saved = [row, column];
    else if (cursor === '8') [row, column] = saved as [number, number];
    else if (character === '\r') column = 0;
    else if (character === '\n') {
      row++;
      lines[row] ??= [];
    } else if (character !== undefined && character >= ' ') {
      while (line.length < column) line.push(' ');
      line[column++] = character;
    } else throw new Error(`this screen does not know ${JSON.stringify(whole)}`);
  }
  return lines.map((line) => line.join('').trimEnd());
}
