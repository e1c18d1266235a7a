import { useMemo, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { counted, grouped } from '../../core/diagnoses/wording.ts';
import type { Summary } from '../../core/report.ts';
import { type Figures, THROUGHPUT_STEP } from '../../exporters/html/page-data.ts';
import { sizeInWords } from '../../exporters/quantities.ts';
import type { Cells } from '../data/messages.ts';
import { Figure } from '../parts/figure.tsx';
import { capitalised } from '../parts/words.ts';
import { axisLook, Canvas, COUNT_STEPS, type Palette } from './canvas.tsx';

const HEIGHT = 200;
const TEN = Math.log(10) / Math.log(THROUGHPUT_STEP);

interface ThroughputProps {
  readonly throughput: Figures['throughput'];
  readonly percentiles: Summary['throughput'];
}

/** How fast completed transfers were. */
export function ThroughputChart({ throughput, percentiles }: ThroughputProps) {
  const [step, setStep] = useState<number | null>(null);
  const data = useMemo<uPlot.AlignedData>(
    () => [throughput.map(([rate]) => positionOf(rate)), throughput.map(([, transfers]) => transfers)],
    [throughput],
  );
  const lead = leadOf(throughput, percentiles);
  const options = (palette: Palette): Omit<uPlot.Options, 'width' | 'height'> => ({
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false } },
    scales: {
      x: { time: false, range: (_chart, min, max) => [min - 1, max + 2] },
      y: { range: (_chart, _min, max) => [0, Math.max(1, max * 1.08)] },
    },
    axes: [
      {
        ...axisLook(palette),
        splits: (_chart, _axis, min, max) => powersBetween(min, max),
        values: (_chart, ticks) => ticks.map((tick) => rateInWords(10 ** Math.round(tick / TEN))),
      },
      { ...axisLook(palette), incrs: COUNT_STEPS, size: 48 },
    ],
    series: [
      {},
      {
        fill: palette('accent'),
        stroke: palette('accent'),
        width: 0,
        points: { show: false },
        paths: uPlot.paths.bars!({ size: [0.86, 48], align: 1 }),
      },
    ],
    hooks: { setCursor: [(chart) => setStep(chart.cursor.idx ?? null)] },
  });
  const shown = step === null ? undefined : throughput[step];
  return (
    <Figure name="throughput" title="Throughput" lead={lead} cells={() => cellsOf(throughput)}>
      <Canvas label={`Throughput of completed transfers. ${lead}`} height={HEIGHT} data={data} options={options} />
      <p class="readout" aria-hidden="true">
        {shown === undefined
          ? 'Each bar is 1.4 times as fast as the one before.'
          : `${rangeInWords(shown[0])}: ${counted(shown[1], 'transfer')}`}
      </p>
    </Figure>
  );
}

function positionOf(rate: number): number {
  return Math.round(Math.log(rate) / Math.log(THROUGHPUT_STEP));
}

/** Places of 10, 100, 1000 … bytes a second; those a factor of ten apart are readable. */
function powersBetween(min: number, max: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.ceil(min / TEN); power * TEN <= max; power++) ticks.push(power * TEN);
  return ticks;
}

function rateInWords(bytesPerSecond: number): string {
  return `${sizeInWords(bytesPerSecond).replace('.0 ', ' ')}/s`;
}

function rangeInWords(from: number): string {
  return `${rateInWords(from)} to ${rateInWords(Math.round(from * THROUGHPUT_STEP))}`;
}

function leadOf(throughput: Figures['throughput'], percentiles: Summary['throughput']): string {
  const halves = percentiles.map(
    ({ direction, percentiles: { p50 } }) => `half of the ${direction}s were faster than ${rateInWords(p50)}`,
  );
  if (halves.length > 0) return `${capitalised(halves.join(', '))}.`;
  return `${grouped(throughput.reduce((sum, [, transfers]) => sum + transfers, 0))} completed transfers.`;
}

function cellsOf(throughput: Figures['throughput']): Cells {
  return [
    ['bytes a second from', 'to', 'transfers'],
    ...throughput.map(([rate, transfers]) => [rate, Math.round(rate * THROUGHPUT_STEP), transfers]),
  ];
}
