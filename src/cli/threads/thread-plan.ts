import { availableParallelism } from 'node:os';
import { tableOf } from '../../exporters/tables/index.ts';
import { type InputPath, STDIN } from '../../node/inputs.ts';
import type { Delivery } from '../run.ts';
import type { Settings } from '../settings.ts';

/** Bytes of inputs from which on threads are worth their start. */
const WORTH_BYTES = 32 * 1024 * 1024;
/** Bytes of a file from which on its sessions are shared out. */
const SHARED_BYTES = 16 * 1024 * 1024;
/**
 * Cores from which on sharing out a file is worth it unasked: each thread reads all its lines to find its own, and compiles the
 * program anew.
 */
const SHARING_CORES = 4;

/** How many threads read at the same time: of different inputs, and of one. */
export interface Threads {
  readonly count: number;
  readonly sharing: number;
}

/**
 * The threads that a run is worth, null for none but the one at hand. They need one table whose rows stand for themselves, asked
 * for without anything that looks at all sessions together, and inputs that are files of their own.
 */
export function threadsFor(
  inputs: readonly InputPath[],
  deliveries: readonly Delivery[],
  { jobs, unread, state, failOn }: Settings,
): Threads | null {
  const [delivery] = deliveries;
  if (deliveries.length !== 1 || unread !== null || state !== null || failOn !== null) return null;
  if (delivery!.table === null || tableOf(delivery!.table).needs !== 'tallies' || delivery!.rows === undefined)
    return null;
  if (inputs.some(({ path, member, parts }) => path === STDIN || (member ?? parts) !== undefined)) return null;
  const bytes = inputs.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  if (bytes < WORTH_BYTES || !Number.isFinite(bytes)) return null;
  const cores = availableParallelism();
  const sharing = inputs.some(isLarge) ? (jobs ?? (cores >= SHARING_CORES ? cores : 1)) : 1;
  const count = Math.max(sharing, Math.min(jobs ?? cores, inputs.length));
  return count > 1 ? { count, sharing } : null;
}

/** Whether an input is large enough for its sessions to be shared out. */
export function isLarge({ sizeBytes, error }: InputPath): boolean {
  return error === null && (sizeBytes ?? 0) >= SHARED_BYTES;
}
