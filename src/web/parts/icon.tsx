/** Drawings of 16 by 16, stroked in the colour of the text beside them. */
const DRAWINGS = {
  error: 'M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2zM8 4.6v4M8 11v.2',
  warning: 'M8 1.8 15 14H1zM8 6v3.6M8 11.6v.2',
  notice: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM8 4.6v4.2M8 11.2v.2',
  info: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM8 7.2v4.2M8 4.6v.2',
  good: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM5 8.2l2.2 2.2L11 6.2',
  chevron: 'm6 3.5 4.5 4.5L6 12.5',
  left: 'M10 3.5 5.5 8l4.5 4.5',
  right: 'M6 3.5 10.5 8 6 12.5',
  copy: 'M5.5 5.5v-3a1 1 0 0 1 1-1h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-3M2.5 5.5h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z',
  done: 'm2.5 8.5 3.5 3.5 7.5-8',
  download: 'M8 1.5v9M4 7l4 4 4-4M1.5 14.5h13',
  file: 'M9.5 1.5h-6v13h9v-10zM9.5 1.5v3h3',
  drop: 'M8 11V2.5M4 6l4-4 4 4M1.5 10.5v4h13v-4',
  close: 'm3.5 3.5 9 9M12.5 3.5l-9 9',
  lock: 'M3.5 7h9v7.5h-9zM5.5 7V4.5a2.5 2.5 0 0 1 5 0V7',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  pair: 'M1.5 4h9M7.5 1l3 3-3 3M14.5 12h-9M8.5 9l-3 3 3 3',
} as const;

/** Names of the drawings. */
export type IconName = keyof typeof DRAWINGS;

/** A drawing beside a text that says the same, so that screen readers pass over it. */
export function Icon({ name, class: extra = '' }: { readonly name: IconName; readonly class?: string }) {
  return (
    <svg class={`icon ${extra}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
