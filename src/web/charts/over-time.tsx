import { useMemo, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { counted, durationInWords } from '../../core/diagnoses/wording.ts';
import { OUTCOMES } from '../../core/report.ts';
import type { OverTime } from '../../exporters/html/page-data.ts';
import type { Cells } from '../data/messages.ts';
import { Figure } from '../parts/figure.tsx';
import { outcomeInWords } from '../parts/words.ts';
import { axisLook, Canvas, COUNT_STEPS, type Palette } from './canvas.tsx';

/** Outcomes from the axis up: what went well below, so that trouble stands out on top. */
const STACK = [0, 3, 2, 1] as const;
const HEIGHT = 220;

/** Transfers over time by outcome. */
export function OverTimeChart({ overTime }: { readonly overTime: OverTime }) {
  const [bin, setBin] = useState<number | null>(null);
  const data = useMemo(() => stackedData(overTime), [overTime]);
  const { bins, binMs } = overTime;
  const options = (palette: Palette): Omit<uPlot.Options, 'width' | 'height'> => ({
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'UTC'),
    legend: { show: false },
    cursor: { y: false, points: { show: false } },
    scales: {
      x: { time: true, range: (_chart, min, max) => [min - binMs / 2_000, max + binMs / 1_000] },
      y: { range: (_chart, _min, max) => [0, Math.max(1, max * 1.08)] },
    },
    axes: [
      {
        ...axisLook(palette),
        space: 76,
        size: 52,
        values: (_chart, ticks, _axis, _space, step) => labelsOf(ticks, step, overTime),
      },
      { ...axisLook(palette), incrs: COUNT_STEPS, size: 48 },
    ],
    series: [{}, ...STACK.map((outcome) => seriesOf(palette(OUTCOMES[outcome]!))).reverse()],
    hooks: { setCursor: [(chart) => setBin(chart.cursor.idx ?? null)] },
  });
  return (
    <Figure
      name="transfers-over-time"
      title="Transfers over time"
      lead={leadOf(overTime)}
      cells={() => cellsOf(overTime)}
    >
      <Canvas label={`Transfers over time. ${leadOf(overTime)}`} height={HEIGHT} data={data} options={options} />
      <p class="readout" aria-hidden="true">
        {bin === null || bins[bin] === undefined
          ? 'Drag across the chart to zoom, double-click to see all.'
          : readoutOf(bins[bin], overTime)}
      </p>
    </Figure>
  );
}

function seriesOf(color: string): uPlot.Series {
  return {
    fill: color,
    stroke: color,
    width: 0,
    points: { show: false },
    paths: uPlot.paths.bars!({ size: [0.86, 64], align: 1 }),
  };
}

/** Each outcome on top of those below it; the tallest is drawn first. */
function stackedData({ bins }: OverTime): uPlot.AlignedData {
  const columns: number[][] = STACK.map(() => []);
  for (const bin of bins) {
    let height = 0;
    STACK.forEach((outcome, layer) => {
      height += bin[outcome + 1]!;
      columns[layer]!.push(height);
    });
  }
  return [bins.map(([start]) => start / 1_000), ...columns.reverse()];
}

function leadOf({ bins, binMs }: OverTime): string {
  const total = bins.reduce((sum, bin) => sum + bin[1] + bin[2] + bin[3] + bin[4], 0);
  return `${counted(total, 'transfer')} by the time of their start; a bar is ${binMs === 1_000 ? 'a second' : durationInWords(binMs)}.`;
}

function readoutOf(bin: OverTime['bins'][number], overTime: OverTime): string {
  const counts = OUTCOMES.map((outcome, i) => ({ outcome, count: bin[i + 1]! })).filter(({ count }) => count > 0);
  return `${stampOf(bin[0], overTime)}: ${counts.map(({ outcome, count }) => outcomeInWords(outcome, count)).join(', ')}`;
}

function stampOf(ms: number, { isDated }: OverTime): string {
  const iso = new Date(ms).toISOString();
  return isDated ? iso.substring(0, 19).replace('T', ' ') : iso.substring(11, 19);
}

const DAY_SECONDS = 86_400;

/** Times at the axis, with the date beneath where it is another than before. */
function labelsOf(ticks: readonly number[], stepSeconds: number, { isDated }: OverTime): string[] {
  let before = '';
  return ticks.map((seconds) => {
    const [date = '', clock = ''] = new Date(seconds * 1_000).toISOString().split('T');
    if (stepSeconds >= DAY_SECONDS) return date;
    const time = clock.substring(0, stepSeconds < 60 ? 8 : 5);
    if (!isDated || date === before) return time;
    before = date;
    return `${time}\n${date}`;
  });
}

function cellsOf(overTime: OverTime): Cells {
  return [['from', ...OUTCOMES], ...overTime.bins.map(([start, ...counts]) => [stampOf(start, overTime), ...counts])];
}
