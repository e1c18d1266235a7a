import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fixtureFiles } from '../fixture-files.ts';
import { drawFrom, mutate } from '../trust/mutations.ts';
import { brokenPromise } from '../trust/promises.ts';

/** As seen from test/, where the bundle believes to be. */
const BUGS = path.resolve(import.meta.dirname, '../fixtures/bugs');

/** Damages fixtures until the time is over; what breaks a promise is kept as fixtures/bugs/<slug>/transcript.log. */
export async function fuzz(minutes: number, seed: number): Promise<{ tried: number; failed: string[] }> {
  const draw = drawFrom(seed);
  const endAt = Date.now() + minutes * 60_000;
  const pick = () => fixtureFiles[Math.floor(draw() * fixtureFiles.length)]!;
  const failed: string[] = [];
  let tried = 0;
  for (; Date.now() < endAt; tried++) {
    const from = pick();
    const bytes = mutate(from.bytes, pick().bytes, draw);
    const broken = await brokenPromise(bytes, 1 + Math.floor(draw() ** 4 * bytes.length));
    if (broken === null) continue;
    const slug = `fuzz-${path.basename(from.name).replace(/\W+/g, '-').toLowerCase()}-${seed}-${tried}`;
    const folder = path.join(BUGS, slug);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'transcript.log'), bytes);
    writeFileSync(
      path.join(folder, 'README.md'),
      `Found by mutation of \`${from.name}\` (seed ${seed}, try ${tried}).\n\n    ${broken.split('\n').slice(0, 6).join('\n    ')}\n`,
    );
    failed.push(`${slug}: ${broken.split('\n').slice(0, 3).join(' | ')}`);
  }
  return { tried, failed };
}
