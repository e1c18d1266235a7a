import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The project's folder, which commands of tests run in. */
export const root = path.resolve(import.meta.dirname, '../..');

if (!existsSync(path.join(root, 'dist/cli.js'))) throw new Error('the command line is not built: npm run build');

/** How a run of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line; `input` goes to standard input. */
export function ftplens(args: readonly string[], input: string | Uint8Array = ''): Promise<Ended> {
  const { NO_COLOR, FORCE_COLOR, COLUMNS, ...env } = process.env;
  const child = spawn(process.execPath, ['dist/cli.js', ...args], { cwd: root, env });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}
