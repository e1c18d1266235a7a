import { useEffect, useRef, useState } from 'preact/hooks';
import { grouped } from '../../core/diagnoses/wording.ts';
import type { Output, Source } from '../data/messages.ts';
import type { Model } from '../data/model.ts';
import { hashOf, type Place } from '../data/place.ts';
import { saveFile, startReading } from '../data/reading.ts';
import { Icon } from '../parts/icon.tsx';

interface HeaderProps {
  readonly model: Model | null;
  readonly place: Place;
  /** What was read in this page; empty in a report that came with the file. */
  readonly sources: readonly Source[];
  readonly page: string;
}

/** The page's head: where one is, and what can be saved. */
export function Header({ model, place, sources, page }: HeaderProps) {
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
          {model === null || sources.length === 0 ? null : <SaveMenu sources={sources} page={page} />}
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

const SAVED: readonly { readonly title: string; readonly name: string; readonly output: (page: string) => Output }[] = [
  { title: 'Report (HTML)', name: 'report.html', output: (page) => ({ kind: 'html', page }) },
  { title: 'Everything (JSON)', name: 'report.json', output: () => ({ kind: 'json' }) },
  { title: 'Sessions (CSV)', name: 'sessions.csv', output: () => ({ kind: 'csv', table: 'sessions' }) },
  { title: 'Transfers (CSV)', name: 'transfers.csv', output: () => ({ kind: 'csv', table: 'transfers' }) },
  { title: 'Findings (CSV)', name: 'findings.csv', output: () => ({ kind: 'csv', table: 'findings' }) },
];

/** Saves the results as files; they are made anew from the transcripts, which may be larger than memory. */
function SaveMenu({ sources, page }: { readonly sources: readonly Source[]; readonly page: string }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const [state, setState] = useState('');
  useEffect(() => {
    const close = (event: Event) => {
      const isEscape =
        event instanceof KeyboardEvent ? event.key === 'Escape' : !menu.current!.contains(event.target as Node);
      if (isEscape) menu.current!.open = false;
    };
    addEventListener('keydown', close);
    addEventListener('click', close);
    return () => {
      removeEventListener('keydown', close);
      removeEventListener('click', close);
    };
  }, []);
  const save = async ({ name, output }: (typeof SAVED)[number]) => {
    setState(`Making ${name} …`);
    try {
      saveFile(name, await startReading(sources, output(page)).result);
      setState('');
      menu.current!.open = false;
    } catch (error) {
      setState(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <details class="menu" ref={menu}>
      <summary class="button small-button">
        <Icon name="download" />
        Save
      </summary>
      <ul>
        {SAVED.map((saved) => (
          <li key={saved.name}>
            <button type="button" onClick={() => save(saved)}>
              {saved.title}
            </button>
          </li>
        ))}
        <li class="soft small" role="status">
          {state}
        </li>
      </ul>
    </details>
  );
}
