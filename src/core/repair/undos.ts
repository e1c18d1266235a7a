import { bbcode } from './bbcode.ts';
import { commonPrefix } from './common-prefix.ts';
import { duplicates } from './duplicates.ts';
import { enclosures } from './enclosures.ts';
import { html } from './html.ts';
import { indent } from './indent.ts';
import { joinedLines } from './joined-lines.ts';
import { jsonEscapes } from './json-escapes.ts';
import { markdown } from './markdown.ts';
import { nulBytes } from './nul-bytes.ts';
import { powershell } from './powershell.ts';
import { quotedWraps, quotePrefix } from './quote-prefix.ts';
import { quotedPrintable } from './quoted-printable.ts';
import { smartQuotes } from './smart-quotes.ts';
import { terminalCodes } from './terminal-codes.ts';
import { trailingBlanks } from './trailing-blanks.ts';
import type { Undo } from './undo.ts';
import { wrappedAtColumn, wrappedAtWord } from './wrapped-lines.ts';

/** All repairs: outer layers of damage first, of the same layer the cheaper to try. */
export const undos: readonly Undo[] = [
  nulBytes,
  quotedPrintable,
  jsonEscapes,
  enclosures,
  html,
  bbcode,
  terminalCodes,
  powershell,
  markdown,
  trailingBlanks,
  quotedWraps,
  quotePrefix,
  indent,
  smartQuotes,
  joinedLines,
  duplicates,
  commonPrefix,
  wrappedAtColumn,
  wrappedAtWord,
];
