import { counted, listed } from '../../core/diagnoses/wording.ts';
import type { Model } from '../data/model.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { baseName, splitVerdict } from '../parts/words.ts';

const INPUTS_NAMED = 3;

/** What happened, in words. */
export function Verdict({ model }: { readonly model: Model }) {
  const { verdict, inputs, sessions } = model.data;
  const [first, rest] = splitVerdict(verdict);
  const tone = toneOf(model);
  const lines = inputs.reduce((sum, input) => sum + input.lines, 0);
  const named = inputs.slice(0, INPUTS_NAMED).map(({ path }) => baseName(path));
  const more = inputs.length - named.length;
  const facts = [
    listed(more > 0 ? [...named, `${more} more`] : named),
    counted(lines, 'line'),
    spanOf(sessions.start),
  ].filter((fact) => fact !== '');
  return (
    <section class={`verdict verdict-${tone}`} aria-labelledby="verdict-title">
      <Icon name={SIGNS[tone]} class="verdict-sign" />
      <div>
        <h1 id="verdict-title">
          <Sentence>{first}</Sentence>
        </h1>
        {rest === '' ? null : (
          <p class="verdict-rest">
            <Sentence>{rest}</Sentence>
          </p>
        )}
        <ul class="facts soft">
          {facts.map((fact) => (
            <li key={fact}>
              <bdi>{fact}</bdi>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

const SIGNS = { error: 'error', warning: 'warning', good: 'good', none: 'info' } as const satisfies Record<
  string,
  IconName
>;

function toneOf({ data, causes }: Model): keyof typeof SIGNS {
  const { transfers, sessions } = data.summary;
  if (sessions === 0) return 'none';
  const gravest = causes[0]?.severity;
  if (gravest === 'error') return 'error';
  if (gravest === 'warning' || transfers.aborted + transfers.failed > 0) return 'warning';
  return 'good';
}

/** From when to when the sessions began. */
function spanOf(starts: readonly string[]): string {
  const dated = starts.filter((start) => start.includes('T')).sort();
  const first = dated[0];
  const last = dated.at(-1);
  if (first === undefined || last === undefined) return '';
  const [day, clock = ''] = first.split('T');
  const [lastDay, lastClock = ''] = last.split('T');
  if (first === last) return `${day} ${clock}`;
  return day === lastDay ? `${day}, ${clock} to ${lastClock}` : `${day} to ${lastDay}`;
}
