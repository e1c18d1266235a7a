import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useReducer } from 'preact/hooks';

/** Rows drawn beyond both edges, so that scrolling does not show blanks. */
const BEYOND = 12;

interface VirtualListProps {
  readonly count: number;
  /** The same for all rows, so that which of them are in sight is a division. */
  readonly rowHeight: number;
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLElement | null>;
  readonly renderRow: (index: number, top: number) => ComponentChildren;
}

/** Draws only those of many rows that are in sight. */
export function VirtualList({ count, rowHeight, scroller, renderRow }: VirtualListProps) {
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  useLayoutEffect(() => {
    const element = scroller.current!;
    const follow = () => redraw(undefined);
    const sizes = new ResizeObserver(follow);
    sizes.observe(element);
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', follow);
    };
  }, [scroller]);
  const { scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - BEYOND);
  const end = Math.min(count, Math.ceil((scrollTop + clientHeight) / rowHeight) + BEYOND);
  const rows = Array.from({ length: Math.max(0, end - first) }, (_row, i) => first + i);
  return (
    <div class="virtual" role="presentation" style={{ height: `${count * rowHeight}px` }}>
      {rows.map((index) => renderRow(index, index * rowHeight))}
    </div>
  );
}
