import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

const OVERSCAN = 12;

interface VirtualListProps {
  readonly count: number;
  readonly rowHeight: number;
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLElement | null>;
  readonly renderRow: (index: number, top: number) => ComponentChildren;
  /** Takes what moves the list. */
  readonly controls: RefObject<ListControls | null>;
}

/** Moves a list from outside. */
export interface ListControls {
  scrollTo(index: number): void;
}

/** Draws only those of many rows that are in sight. */
export function VirtualList({ count, rowHeight, scroller, renderRow, controls }: VirtualListProps) {
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  const made = useRef<Virtualizer<HTMLElement, HTMLElement> | null>(null);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollToFn: elementScroll<HTMLElement>,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(undefined),
  };
  made.current ??= new Virtualizer<HTMLElement, HTMLElement>(options);
  const virtualizer = made.current;
  virtualizer.setOptions({ ...virtualizer.options, ...options });
  controls.current = { scrollTo: (index) => virtualizer.scrollToIndex(index) };
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => {
    virtualizer._willUpdate();
    virtualizer.measure();
  }, [virtualizer, count]);
  return (
    <div class="virtual" role="presentation" style={{ height: `${virtualizer.getTotalSize()}px` }}>
      {virtualizer.getVirtualItems().map(({ index, start }) => renderRow(index, start))}
    </div>
  );
}
