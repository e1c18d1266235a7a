import { readFileSync } from 'node:fs';
import { describeFileError } from './inputs.ts';
import { OutputError } from './output-error.ts';

/** The page without a report, as it was built beside the command. */
export function readPage(): string {
  try {
    return readFileSync(new URL('page.html', import.meta.url), 'utf8');
  } catch (error) {
    throw new OutputError(`the page is missing from the installation: ${describeFileError(error)}`);
  }
}
