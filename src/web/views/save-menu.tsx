import { useEffect, useRef, useState } from 'preact/hooks';
import type { Output } from '../data/messages.ts';
import { PAGE_KEY, type ReadingPlan, saveFile, startReading } from '../data/reading.ts';
import { Icon } from '../parts/icon.tsx';

/** Sources that copies are offered of. */
const COPIES = 8;

/** A file that can be saved. */
interface Saved {
  readonly title: string;
  readonly name: string;
  readonly output: (page: string) => Output;
}

const SAVED: readonly Saved[] = [
  { title: 'Report (HTML)', name: 'report.html', output: (page) => ({ kind: 'html', page }) },
  { title: 'Everything (JSON)', name: 'report.json', output: () => ({ kind: 'json' }) },
  { title: 'Sessions (CSV)', name: 'sessions.csv', output: () => ({ kind: 'csv', table: 'sessions' }) },
  { title: 'Transfers (CSV)', name: 'transfers.csv', output: () => ({ kind: 'csv', table: 'transfers' }) },
  { title: 'Findings (CSV)', name: 'findings.csv', output: () => ({ kind: 'csv', table: 'findings' }) },
];

interface SaveMenuProps {
  readonly plan: ReadingPlan;
  readonly page: string;
  readonly carryOut: (plan: ReadingPlan) => void;
}

/** Saves the results as files; they are made anew from the transcripts, which may be larger than memory. */
export function SaveMenu({ plan, page, carryOut }: SaveMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  const [state, setState] = useState('');
  useClosing(menu);
  const isRedacted = plan.key !== null;
  const save = async ({ name, output }: Saved) => {
    setState(`Making ${name} …`);
    try {
      saveFile(name, await startReading(plan.sources, output(page), plan.key).result);
      setState('');
      menu.current!.open = false;
    } catch (error) {
      setState(error instanceof Error ? error.message : String(error));
    }
  };
  const toggle = () => {
    menu.current!.open = false;
    carryOut({ ...plan, key: isRedacted ? null : PAGE_KEY });
  };
  return (
    <details class="menu" ref={menu}>
      <summary class="button small-button">
        <Icon name={isRedacted ? 'lock' : 'download'} />
        {isRedacted ? 'Save redacted' : 'Save'}
      </summary>
      <div class="menu-body">
        <label class="redact">
          <input type="checkbox" checked={isRedacted} onChange={toggle} />
          <span>
            Redact before you share
            <span class="soft small">Pseudonyms for users, addresses, hosts and paths</span>
          </span>
        </label>
        <ul>
          {[...SAVED, ...(isRedacted ? copiesOf(plan) : [])].map((saved) => (
            <li key={saved.title}>
              <button type="button" onClick={() => save(saved)}>
                {saved.title}
              </button>
            </li>
          ))}
        </ul>
        <p class="soft small" role="status">
          {state}
        </p>
      </div>
    </details>
  );
}

/** Copies of the transcripts, numbered: a file's name may say what the copy hides. */
function copiesOf({ sources }: ReadingPlan): Saved[] {
  return sources.slice(0, COPIES).map((_source, i) => ({
    title: sources.length === 1 ? 'Transcript (redacted copy)' : `Transcript ${i + 1} (redacted copy)`,
    name: `transcript-${i + 1}.log`,
    output: () => ({ kind: 'transcript', source: i }),
  }));
}

/** Closes the menu by Escape and by a click elsewhere. */
function useClosing(menu: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const close = (event: Event) => {
      const isMeant =
        event instanceof KeyboardEvent ? event.key === 'Escape' : !menu.current!.contains(event.target as Node);
      if (isMeant) menu.current!.open = false;
    };
    addEventListener('keydown', close);
    addEventListener('click', close);
    return () => {
      removeEventListener('keydown', close);
      removeEventListener('click', close);
    };
  }, [menu]);
}
