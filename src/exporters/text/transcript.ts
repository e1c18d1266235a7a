import { counted, listed } from '../../core/diagnoses/wording.ts';
import { formats } from '../../core/formats/index.ts';
import type { Input, Transcript } from '../../core/report.ts';
import { type Layout, linesText, wrapText } from '../layout.ts';
import { partsText } from '../place.ts';
import { escapeControls } from '../printable.ts';

/** The heading of an input: its path, and what its transcripts are. */
export function describeInput(input: Input, layout: Layout): string[] {
  const lines = [layout.bold(escapeControls(input.path))];
  if (input.parts !== null) lines.push(...wrapText(layout, '', layout.dim(escapeControls(partsText(input.parts)))));
  for (const transcript of input.transcripts) lines.push(...wrapText(layout, '', transcriptText(transcript, layout)));
  if (input.replacedCharacters > 0)
    lines.push(
      ...wrapText(
        layout,
        '',
        layout.dim(
          `${counted(input.replacedCharacters, 'character')} not ${input.encoding.toUpperCase()}, shown as \ufffd`,
        ),
      ),
    );
  if (input.transcripts.length === 0 && input.error === null) lines.push('no FTP dialogue');
  if (input.error !== null) lines.push(...wrapText(layout, '', escapeControls(input.error)));
  return lines;
}

function transcriptText(transcript: Transcript, layout: Layout): string {
  const title = formats.find((format) => format.id === transcript.format)?.title ?? transcript.format;
  const parts = [`${title}, ${linesText(transcript)}`];
  if (transcript.repairs.length > 0) parts.push(`repaired: ${listed(transcript.repairs)}`);
  if (transcript.unreadLines > 0) parts.push(`${counted(transcript.unreadLines, 'line')} not understood`);
  const { clock } = transcript;
  if (clock.basis === 'assumed' && clock.order !== null)
    parts.push(`dates taken as ${ORDERS[clock.order]}, which the text leaves open (--date-order)`);
  return layout.dim(parts.join('; '));
}

const ORDERS = { dmy: 'day/month/year', mdy: 'month/day/year', ymd: 'year/month/day' } as const;
