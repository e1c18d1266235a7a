import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Cells } from '../data/messages.ts';
import { CopyAsCsv } from './copy-button.tsx';

interface FigureProps {
  /** Short name, for files and screen readers. */
  readonly name: string;
  readonly title: string;
  /** What the figure shows, in a sentence. */
  readonly lead: string;
  /** The same as a table, headings first. */
  readonly cells: () => Cells;
  readonly children: ComponentChildren;
}

/** A chart with its table behind it, and a button that copies the table. */
export function Figure({ name, title, lead, cells, children }: FigureProps) {
  const [isTable, setTable] = useState(false);
  return (
    <section class="card figure" aria-label={title}>
      <header class="figure-head">
        <h3>{title}</h3>
        <div class="figure-tools">
          <button type="button" class="quiet-button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            {isTable ? 'Chart' : 'Table'}
          </button>
          <CopyAsCsv name={name} cells={cells} />
        </div>
        <p class="soft">{lead}</p>
      </header>
      {isTable ? <CellTable caption={title} cells={cells()} /> : children}
    </section>
  );
}

/** A table of cells, headings first. */
export function CellTable({ caption, cells }: { readonly caption: string; readonly cells: Cells }) {
  const [headings = [], ...rows] = cells;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll-box" tabIndex={0} aria-label={`${caption}, table`}>
      <table class="plain-table">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, column) => (
                <td key={column} class={typeof cell === 'number' ? 'number' : ''}>
                  {typeof cell === 'number' ? cell.toLocaleString('en') : (cell ?? '–')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
