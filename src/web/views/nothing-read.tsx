import type { Model } from '../data/model.ts';
import { LogText } from '../parts/log-text.tsx';

/** What can be read, for those whose text could not. */
export function NothingRead({ model }: { readonly model: Model }) {
  if (model.data.summary.sessions > 0) return null;
  return (
    <section class="block" aria-labelledby="formats-title">
      <h2 id="formats-title">What can be read</h2>
      <ul class="card formats">
        {model.data.formats.map(({ id, title, vantage, example }) => (
          <li key={id}>
            <b>{title}</b> <span class="tag">{vantage}</span>
            <LogText class="example">{example}</LogText>
          </li>
        ))}
      </ul>
    </section>
  );
}
