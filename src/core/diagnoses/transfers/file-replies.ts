/** What a 5xx or 4xx reply says of a file, a directory or the disk. */

import { perText } from '../../bytes/per-text.ts';

/** Why the server could not do what it was asked. */
export type FileProblem =
  | 'not-found'
  | 'denied'
  | 'in-use'
  | 'exists'
  | 'disk-full'
  | 'quota'
  | 'read-error'
  | 'offset'
  | 'not-empty'
  | 'not-a-file'
  | 'restart'
  | 'ascii'
  | 'empty'
  | 'unknown';

const PROBLEMS: readonly (readonly [RegExp, FileProblem])[] = [
  [/not (?:allowed )?in ASCII|ASCII mode/i, 'ascii'],
  [
    /Append\/Restart not permitted|REST(?:ART)? .{0,20}not (?:allowed|permitted)|resum(?:e|ing) (?:is )?not/i,
    'restart',
  ],
  [/Could not seek|Restart offset|offset .{0,40}(?:too large|beyond|invalid)|Invalid (?:REST|restart)/i, 'offset'],
  [/\bquota\b|Exceeded storage allocation|file size limit|File too large/i, 'quota'],
  [
    /No space left|disk full|insufficient storage|Writing to file failed|Failure writing to local file|Error during write to file|not enough (?:disk )?space/i,
    'disk-full',
  ],
  [/used by another process|file (?:is )?(?:busy|locked|in use)|sharing violation|temporarily unavailable/i, 'in-use'],
  [/Reading from file failed|Failure reading local file|Error reading from file|read error/i, 'read-error'],
  [/No files found|directory (?:is )?empty/i, 'empty'],
  [/not empty/i, 'not-empty'],
  [/already exists|file exists/i, 'exists'],
  [
    /No such (?:file|dir|path)|not found|does(?:n['’]t| not) exist|cannot find|can['’]t find|Path does not exist|Invalid (?:path|directory)|Can['’]t change directory to/i,
    'not-found',
  ],
  [/regular files?|not a (?:plain|regular|directory)|is a directory/i, 'not-a-file'],
  [
    /permission denied|access (?:is )?denied|not permitted|read[- ]only|denied|Could not create file|Can['’]t create|Could not open file for writing|insufficient (?:rights|privileges)|not authori[sz]ed|Overwrite/i,
    'denied',
  ],
];

/** What the text says; `unknown` where it names no reason (`Failed to open file.`, `Unknown error`). */
export const fileProblemOf = perText((text): FileProblem => {
  for (const [pattern, problem] of PROBLEMS) if (pattern.test(text)) return problem;
  return 'unknown';
});
