import type { ComponentChildren } from 'preact';
import { grouped } from '../../core/diagnoses/wording.ts';
import { LogText } from '../parts/log-text.tsx';
import { Bar, type Part } from '../parts/split-bar.tsx';

/** A bar with its name and what stands behind it. */
export interface BarRow {
  readonly key: string;
  readonly label: ComponentChildren;
  readonly parts: readonly Part[];
  readonly note?: string;
  readonly href?: string;
  readonly isMarked?: boolean;
}

interface BarsProps {
  readonly caption: string;
  readonly labels: string;
  readonly rows: readonly BarRow[];
  /** Whether bars are as long as their counts; else each is whole and shows shares. */
  readonly byCount?: boolean;
}

/** Bars one under the other, as the table that they are. */
export function Bars({ caption, labels, rows, byCount = true }: BarsProps) {
  const totalOf = ({ parts }: BarRow) => parts.reduce((sum, { count }) => sum + count, 0);
  const longest = rows.reduce((most, row) => Math.max(most, totalOf(row)), 1);
  return (
    <table class="bars">
      <caption class="unseen">{caption}</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">{labels}</th>
          <th scope="col">Bar</th>
          <th scope="col">Count</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} class={row.isMarked ? 'is-marked' : ''}>
            <th scope="row">{row.href === undefined ? row.label : <a href={row.href}>{row.label}</a>}</th>
            <td>
              <Bar parts={row.parts} share={byCount ? totalOf(row) / longest : 1} />
              {row.parts.length > 1 ? <PartCounts parts={row.parts} /> : null}
              {row.note === undefined ? null : <span class="soft small">{row.note}</span>}
            </td>
            <td class="number">{grouped(totalOf(row))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a bar's parts stand for. */
function PartCounts({ parts }: { readonly parts: readonly Part[] }) {
  const shown = parts.filter(({ count }) => count > 0);
  return (
    <span class="part-counts">
      {shown.map(({ label, count, tone }) => (
        <span key={label} class="count">
          <i class={`dot tone-${tone}`} aria-hidden="true" />
          {grouped(count)} <span class="soft">{label}</span>
        </span>
      ))}
    </span>
  );
}

/** A name out of a log as a bar's label. */
export function NameLabel({ name }: { readonly name: string }) {
  return <LogText class="name">{name}</LogText>;
}
