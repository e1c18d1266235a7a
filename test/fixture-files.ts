import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../fixtures');

/** A transcript of fixtures/. */
export interface FixtureFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Every fixture that holds text, without the notes on them. */
export const fixtureFiles: readonly FixtureFile[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => !/README\.md$|\.(?:json|png|gz|zst|zip)$/.test(name) && statSync(path.join(folder, name)).isFile())
  .sort()
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(path.join(folder, name))) }));
