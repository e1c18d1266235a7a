/** The page: a report that came with the file, or transcripts that are read here. */
import { render } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Embedded, takeEmbedded } from './data/embedded.ts';
import { forgetTexts, keepTexts, keptTexts } from './data/kept-texts.ts';
import type { Progress, Source } from './data/messages.ts';
import { type Model, readModel } from './data/model.ts';
import { hashOf, usePlace } from './data/place.ts';
import { type Reading, type ReadingPlan, startReading } from './data/reading.ts';
import { baseName } from './parts/words.ts';
import { Header } from './views/header.tsx';
import { NothingRead } from './views/nothing-read.tsx';
import { Overview } from './views/overview.tsx';
import { Pairs, PairView } from './views/pairs.tsx';
import { Paste } from './views/paste.tsx';
import { ProgressView } from './views/progress.tsx';
import { SaveMenu } from './views/save-menu.tsx';
import { SessionView } from './views/session.tsx';
import { Sessions } from './views/sessions.tsx';

/** What the page holds. */
type Work =
  | { readonly kind: 'empty'; readonly complaint: string | null }
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'reading'; readonly plan: ReadingPlan }
  | { readonly kind: 'report'; readonly model: Model; readonly plan: ReadingPlan };

function App({ embedded, first }: { readonly embedded: Embedded; readonly first: Work }) {
  const [work, setWork] = useState(first);
  const [progress, setProgress] = useState<Progress | null>(null);
  const reading = useRef<Reading | null>(null);
  const place = usePlace();
  const carryOut = async (plan: ReadingPlan) => {
    reading.current?.cancel();
    setProgress(null);
    setWork({ kind: 'reading', plan });
    const started = startReading(plan.sources, { kind: 'page' }, plan.key, setProgress);
    reading.current = started;
    try {
      const text = await (await started.result).text();
      setWork({ kind: 'report', model: readModel(text), plan });
    } catch (error) {
      setWork({ kind: 'empty', complaint: error instanceof Error ? error.message : String(error) });
    }
  };
  const read = (sources: readonly Source[]) => {
    location.hash = hashOf('overview');
    void keepTexts(sources);
    void carryOut({ sources, key: null });
  };
  const cancel = () => {
    reading.current?.cancel();
    forgetTexts();
    setWork(first);
  };
  useEffect(() => {
    const kept = first.kind === 'empty' ? keptTexts() : [];
    if (kept.length > 0) void carryOut({ sources: kept, key: null });
  }, []);
  const model = work.kind === 'report' ? work.model : null;
  useTitle(model);
  useScrollToTop(`${place.view}=${place.id}`);
  return (
    <>
      <button type="button" class="skip button" onClick={() => document.getElementById('main')!.focus()}>
        Skip to the content
      </button>
      <Header model={model} place={place}>
        {work.kind === 'report' && work.plan.sources.length > 0 ? (
          <SaveMenu plan={work.plan} page={embedded.page} carryOut={carryOut} />
        ) : null}
      </Header>
      <main id="main" tabIndex={-1} class={`view-${place.view}`}>
        {work.kind === 'broken' ? <Broken message={work.message} /> : null}
        {work.kind === 'reading' ? (
          <ProgressView sources={work.plan.sources} progress={progress} cancel={cancel} />
        ) : null}
        {work.kind === 'empty' || (work.kind === 'report' && place.view === 'new') ? (
          <Paste read={read} complaint={work.kind === 'empty' ? work.complaint : null} />
        ) : null}
        {model === null ? null : <View model={model} place={place} />}
      </main>
    </>
  );
}

function View({ model, place }: { readonly model: Model; readonly place: ReturnType<typeof usePlace> }) {
  switch (place.view) {
    case 'sessions':
      return <Sessions model={model} place={place} />;
    case 'session':
      return <SessionView model={model} place={place} />;
    case 'pairs':
      return <Pairs model={model} />;
    case 'pair':
      return <PairView model={model} place={place} />;
    case 'new':
      return null;
    default:
      return (
        <>
          <Overview model={model} place={place} />
          <NothingRead model={model} />
        </>
      );
  }
}

function Broken({ message }: { readonly message: string }) {
  return (
    <section class="block" role="alert">
      <h1>This report cannot be shown</h1>
      <p>{message} Make it again with: ftplens report FILE -o report.html</p>
    </section>
  );
}

function useTitle(model: Model | null): void {
  useEffect(() => {
    const names = model?.data.inputs.map(({ path }) => baseName(path)) ?? [];
    document.title = names.length === 0 ? 'ftplens' : `${names.slice(0, 2).join(', ')} – ftplens`;
  }, [model]);
}

/** A new view begins at its top; the browser itself finds the old place when one goes back. */
function useScrollToTop(view: string): void {
  const before = useRef(view);
  // Before the view itself goes to a line of its own.
  useLayoutEffect(() => {
    if (before.current !== view) scrollTo(0, 0);
    before.current = view;
  }, [view]);
}

/** Details are open on paper. */
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details.cause')) details.open = true;
});

function firstWork({ text }: Embedded): Work {
  if (text === '') return { kind: 'empty', complaint: null };
  try {
    return { kind: 'report', model: readModel(text), plan: { sources: [], key: null } };
  } catch (error) {
    return { kind: 'broken', message: error instanceof Error ? error.message : String(error) };
  }
}

const embedded = takeEmbedded();
const root = document.getElementById('app')!;
root.textContent = '';
render(<App embedded={embedded} first={firstWork(embedded)} />, root);
