import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

/** The page's colours at the moment, by the names that its styles give them. */
export type Palette = (name: string) => string;

interface CanvasProps {
  /** What the chart shows, for those who do not see it; the table behind it has the figures. */
  readonly label: string;
  readonly height: number;
  readonly data: uPlot.AlignedData;
  /** Options without sizes. */
  readonly options: (palette: Palette) => Omit<uPlot.Options, 'width' | 'height'>;
}

const DARK = '(prefers-color-scheme: dark)';
const PRINT = 'print';

/** A chart by uPlot that follows its box's width and the page's colours. */
export function Canvas({ label, height, data, options }: CanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current!;
    let chart: uPlot | null = null;
    const draw = () => {
      chart?.destroy();
      const style = getComputedStyle(document.documentElement);
      const palette = (name: string) => style.getPropertyValue(`--${name}`).trim();
      chart = new uPlot({ width: element.clientWidth, height, ...options(palette) }, data, element);
    };
    draw();
    const sizes = new ResizeObserver(() => {
      if (chart !== null && chart.width !== element.clientWidth) chart.setSize({ width: element.clientWidth, height });
    });
    sizes.observe(element);
    const media = [matchMedia(DARK), matchMedia(PRINT)];
    for (const query of media) query.addEventListener('change', draw);
    return () => {
      sizes.disconnect();
      for (const query of media) query.removeEventListener('change', draw);
      chart?.destroy();
    };
  }, [data, height]);
  return <div class="canvas" ref={box} role="img" aria-label={label} style={{ minHeight: `${height}px` }} />;
}

/** Axes in the page's look. */
export function axisLook(palette: Palette): Pick<uPlot.Axis, 'stroke' | 'font' | 'grid' | 'ticks'> {
  return {
    stroke: palette('soft'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: palette('line'), width: 1 },
    ticks: { stroke: palette('line'), width: 1, size: 4 },
  };
}

/** Counts are whole: no ticks between. */
export const COUNT_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 1e7];
