import { counted, listed } from '../../core/diagnoses/wording.ts';
import type { Input, Transcript } from '../../core/report.ts';
import { partsText } from '../../exporters/place.ts';
import { sizeInWords } from '../../exporters/quantities.ts';
import type { Model } from '../data/model.ts';
import { Icon } from '../parts/icon.tsx';
import { percentInWords, repairInWords } from '../parts/words.ts';

const ORDERS = { dmy: 'day, month, year', mdy: 'month, day, year', ymd: 'year, month, day' } as const;

/** Inputs that are listed at once; of more, those in trouble come first and the rest is folded. */
const SHOWN = 8;

/** What was read, as what, and what had to be undone for it. */
export function Inputs({ model }: { readonly model: Model }) {
  const { inputs } = model.data;
  const sorted =
    inputs.length <= SHOWN ? inputs : [...inputs].sort((a, b) => Number(b.error !== null) - Number(a.error !== null));
  const folded = sorted.slice(SHOWN);
  return (
    <section class="block" aria-labelledby="inputs-title">
      <h2 id="inputs-title">What was read</h2>
      <div class="card inputs">
        <InputList model={model} inputs={sorted.slice(0, SHOWN)} />
        {folded.length === 0 ? null : (
          <details class="folded">
            <summary>
              <Icon name="chevron" class="turner" />
              {counted(folded.length, 'more file')}
            </summary>
            <InputList model={model} inputs={folded} />
          </details>
        )}
      </div>
    </section>
  );
}

function InputList({ model, inputs }: { readonly model: Model; readonly inputs: readonly Input[] }) {
  return (
    <ul>
      {inputs.map((input, index) => (
        <li key={`${index} ${input.path}`} class="input">
          <Icon name={input.error === null ? 'file' : 'warning'} class={input.error === null ? '' : 'warns'} />
          <div>
            <p class="input-head">
              <bdi class="log">{input.path}</bdi>
              <span class="soft">{sizeOf(input)}</span>
            </p>
            {input.parts === null ? null : (
              <p class="soft">
                <bdi>{partsText(input.parts)}</bdi>
              </p>
            )}
            {input.error === null ? null : (
              <p class="input-error">
                <bdi>{input.error}</bdi>
              </p>
            )}
            {input.transcripts.map((transcript) => (
              <TranscriptFacts key={transcript.firstLine} model={model} transcript={transcript} />
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function sizeOf({ sizeBytes, lines, encoding, compression, replacedCharacters }: Input): string {
  const facts = [sizeInWords(sizeBytes), counted(lines, 'line')];
  if (encoding !== 'utf-8') facts.push(encoding);
  if (replacedCharacters > 0) facts.push(`${counted(replacedCharacters, 'character')} not ${encoding.toUpperCase()}`);
  if (compression !== null) facts.push(compression);
  return facts.join(' · ');
}

function TranscriptFacts({ model, transcript }: { readonly model: Model; readonly transcript: Transcript }) {
  const { format, confidence, firstLine, lastLine, unreadLines, repairs, clock } = transcript;
  const title = model.data.formats.find(({ id }) => id === format)?.title ?? format;
  const facts = [`lines ${firstLine}–${lastLine}`];
  if (confidence < 1) facts.push(`${percentInWords(confidence)} of the lines fit`);
  if (unreadLines > 0) facts.push(`${counted(unreadLines, 'line')} not understood`);
  if (clock.date === 'none') facts.push('no dates');
  else if (clock.order !== null && clock.basis === 'assumed')
    facts.push(`dates are taken for ${ORDERS[clock.order]}; nothing in the text settles it`);
  return (
    <>
      <p>
        <b>{title}</b> <span class="soft">{facts.join(' · ')}</span>
      </p>
      {repairs.length === 0 ? null : (
        <p class="repairs">
          <span class="tag">repaired</span> To read it, ftplens {listed(repairs.map(repairInWords))}.
        </p>
      )}
    </>
  );
}
