import { grouped } from '../../core/diagnoses/wording.ts';

/** A part of a whole. `tone` names its colour. */
export interface Part {
  readonly label: string;
  readonly count: number;
  readonly tone: string;
  /** Where its own list is. */
  readonly href?: string;
}

/** A bar split into parts, with a legend that names each with its count. */
export function SplitBar({ parts }: { readonly parts: readonly Part[] }) {
  const shown = parts.filter(({ count }) => count > 0);
  return (
    <>
      <Bar parts={shown} />
      <ul class="legend">
        {shown.map(({ label, count, tone, href }) => (
          <li key={label}>
            <i class={`dot tone-${tone}`} />
            {href === undefined ? (
              <span>
                <b>{grouped(count)}</b> {label}
              </span>
            ) : (
              <a href={href}>
                <b>{grouped(count)}</b> {label}
              </a>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The bar alone; what it shows must stand beside it in words. `share`: of the full width. */
export function Bar({ parts, share = 1 }: { readonly parts: readonly Part[]; readonly share?: number }) {
  return (
    <div class="bar" aria-hidden="true" style={{ width: `${Math.max(0.5, share * 100)}%` }}>
      {parts
        .filter(({ count }) => count > 0)
        .map(({ label, count, tone }) => (
          <i key={label} class={`tone-${tone}`} style={{ flexGrow: count }} />
        ))}
    </div>
  );
}

/** An outcome's colour. */
export const OUTCOME_TONES = {
  completed: 'completed',
  aborted: 'aborted',
  failed: 'failed',
  unfinished: 'unfinished',
} as const;
