import type { Answer, Output, Progress, Request, Source } from './messages.ts';

/** What is read, and whether names get pseudonyms. */
export interface ReadingPlan {
  readonly sources: readonly Source[];
  readonly key: Request['key'];
}

/** The key of this page's pseudonyms: forgotten with it. */
export const PAGE_KEY = crypto.getRandomValues(new Uint8Array(32));

/** A reading that is under way. */
export interface Reading {
  readonly result: Promise<Blob>;
  /** Stops it; the result then never comes. */
  cancel(): void;
}

/** Has transcripts read by a worker; with a key, names get pseudonyms. */
export function startReading(
  sources: readonly Source[],
  output: Output,
  key: Request['key'] = null,
  onProgress: (progress: Progress) => void = () => undefined,
): Reading {
  let worker: Worker | null = null;
  let isCancelled = false;
  const result = globalThis.ftplensHost.startReader().then(
    (started) =>
      new Promise<Blob>((resolve, reject) => {
        worker = started;
        if (isCancelled) started.terminate();
        started.onmessage = ({ data }: MessageEvent<Answer>) => {
          if (data.kind === 'progress') return onProgress(data);
          started.terminate();
          if (data.kind === 'done') resolve(data.result);
          else reject(new Error(data.message));
        };
        started.onerror = ({ message }) => {
          started.terminate();
          reject(new Error(message || 'The worker that reads transcripts could not be started.'));
        };
        started.postMessage({ sources, output, key } satisfies Request);
      }),
  );
  return {
    result,
    cancel() {
      isCancelled = true;
      worker?.terminate();
    },
  };
}

/** Hands a file to the person: the browser saves it. */
export function saveFile(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
