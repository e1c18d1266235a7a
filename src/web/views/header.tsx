import type { ComponentChildren } from 'preact';
import { grouped } from '../../core/diagnoses/wording.ts';
import type { Model } from '../data/model.ts';
import { hashOf, type Place } from '../data/place.ts';

interface HeaderProps {
  readonly model: Model | null;
  readonly place: Place;
  /** What can be done with the report. */
  readonly children: ComponentChildren;
}

/** The page's head: where one is, and what can be saved. */
export function Header({ model, place, children }: HeaderProps) {
  return (
    <header class="top">
      <div class="top-inner">
        <a class="brand" href={hashOf('overview')} aria-label="ftplens, overview">
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <circle cx="8.5" cy="8.5" r="6" />
            <path d="m13 13 5 5M6 7.5h5M9.5 5.5l2 2-2 2M11 10.5H6" />
          </svg>
          ftplens
        </a>
        {model === null || model.data.summary.sessions === 0 ? null : <Views model={model} place={place} />}
        <div class="top-tools">
          {children}
          {model === null || place.view === 'new' ? null : (
            <a class="button small-button" href={hashOf('new')}>
              Read another
            </a>
          )}
        </div>
      </div>
    </header>
  );
}

function Views({ model, place }: { readonly model: Model; readonly place: Place }) {
  const { pairs, leftOut, summary } = model.data;
  const pairCount = pairs.length + leftOut.pairs;
  const links = [
    { view: 'overview', title: 'Overview', count: null, isHere: place.view === 'overview' },
    { view: 'sessions', title: 'Sessions', count: summary.sessions, isHere: /^session/.test(place.view) },
    { view: 'pairs', title: 'Pairs', count: pairCount, isHere: /^pair/.test(place.view) },
  ] as const;
  return (
    <nav aria-label="Views">
      {links
        .filter(({ count }) => count !== 0)
        .map(({ view, title, count, isHere }) => (
          <a key={view} href={hashOf(view)} aria-current={isHere ? 'page' : undefined}>
            {title} {count === null ? null : <span class="nav-count">{grouped(count)}</span>}
          </a>
        ))}
    </nav>
  );
}
