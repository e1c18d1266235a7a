import { useEffect, useState } from 'preact/hooks';
import { grouped } from '../../core/diagnoses/wording.ts';
import { AbortedAfterChart } from '../charts/aborted-after.tsx';
import { MostAbortsChart } from '../charts/most-aborts.tsx';
import { OverTimeChart } from '../charts/over-time.tsx';
import { SetUpsChart } from '../charts/set-ups.tsx';
import { ThroughputChart } from '../charts/throughput.tsx';
import type { Model } from '../data/model.ts';
import type { Place } from '../data/place.ts';
import { Findings } from './findings.tsx';
import { Inputs } from './inputs.tsx';
import { Tiles } from './tiles.tsx';
import { Verdict } from './verdict.tsx';

/** The first view: what happened, in words, in figures, and why. */
export function Overview({ model, place }: { readonly model: Model; readonly place: Place }) {
  return (
    <>
      <Verdict model={model} />
      <Tiles model={model} />
      <Findings model={model} opened={place.details.get('finding') ?? null} />
      <Charts model={model} />
      <Inputs model={model} />
    </>
  );
}

/** A chart of one or two sessions shows nothing that the tiles do not. */
const SESSIONS_MIN = 3;

function Charts({ model }: { readonly model: Model }) {
  const { summary, figures } = model.data;
  const isTime = useIsPainted();
  if (summary.sessions < SESSIONS_MIN || !isTime) return null;
  const isBroken = summary.transfers.aborted + summary.transfers.failed > 0;
  return (
    <section class="block" aria-labelledby="charts-title">
      <h2 id="charts-title">In figures</h2>
      <div class="figures">
        {figures.overTime === null ? null : <OverTimeChart overTime={figures.overTime} />}
        {summary.abortedAfter.length === 0 ? null : <AbortedAfterChart abortedAfter={summary.abortedAfter} />}
        {summary.setUps.length === 0 ? null : <SetUpsChart setUps={summary.setUps} />}
        {isBroken && summary.byPeer.length > 1 ? <MostAbortsChart what="peers" rows={summary.byPeer} /> : null}
        {isBroken && summary.byServer.length > 1 ? <MostAbortsChart what="servers" rows={summary.byServer} /> : null}
        {isBroken && summary.byUser.length > 1 ? <MostAbortsChart what="users" rows={summary.byUser} /> : null}
        {figures.throughput.length === 0 ? null : (
          <ThroughputChart throughput={figures.throughput} percentiles={summary.throughput} />
        )}
      </div>
      <LeftOutNote model={model} />
    </section>
  );
}

/** Whether the view has been seen once: what is at its top need not wait for what is further down. */
function useIsPainted(): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setPainted(true));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return isPainted;
}

function LeftOutNote({ model }: { readonly model: Model }) {
  const { leftOut, summary } = model.data;
  if (leftOut.sessions === 0) return null;
  return (
    <p class="soft small">
      All of the {grouped(summary.sessions)} sessions are counted here; {grouped(leftOut.sessions)} of them are left out
      of the table.
    </p>
  );
}
