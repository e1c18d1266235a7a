import { counted } from '../../core/diagnoses/wording.ts';
import { sizeInWords } from '../../exporters/quantities.ts';
import type { Progress, Source } from '../data/messages.ts';

interface ProgressProps {
  readonly sources: readonly Source[];
  readonly progress: Progress | null;
  readonly cancel: () => void;
}

/** How far the reading is. */
export function ProgressView({ sources, progress, cancel }: ProgressProps) {
  const total = progress?.totalBytes ?? 0;
  const done = progress?.readBytes ?? 0;
  return (
    <section class="progress" aria-label="Progress">
      <h1>
        Reading <bdi>{sources[progress?.source ?? 0]?.name}</bdi>
      </h1>
      <progress aria-label="Read so far" {...(total > 0 ? { max: total, value: done } : {})} />
      <p class="soft" aria-live="polite">
        {progress === null
          ? 'Starting …'
          : `${sizeInWords(done)} of ${sizeInWords(total)}, ${counted(progress.sessions, 'session')} so far`}
      </p>
      <button type="button" class="button" onClick={cancel}>
        Cancel
      </button>
    </section>
  );
}
