import { useEffect, useState } from 'preact/hooks';
import type { Cells } from '../data/messages.ts';
import { saveFile, startReading } from '../data/reading.ts';
import { Icon } from './icon.tsx';

const SAID_FOR_MS = 2_000;

/** Copies a table as CSV; where the clipboard is closed, the browser saves it as a file. */
export function CopyAsCsv({ name, cells }: { readonly name: string; readonly cells: () => Cells }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    const csv = startReading([], { kind: 'cells', cells: cells() }).result;
    try {
      const text = csv.then((blob) => new Blob([blob], { type: 'text/plain' }));
      // Given as a promise, so that the click still counts when the text is there.
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
      setSaid('Copied');
    } catch {
      saveFile(`${name}.csv`, await csv);
      setSaid('Saved');
    }
  };
  return (
    <button type="button" class="quiet-button" onClick={copy}>
      <Icon name={said === '' ? 'copy' : 'done'} />
      <span aria-live="polite">{said === '' ? 'Copy as CSV' : said}</span>
      <span class="unseen">: {name.replaceAll('-', ' ')}</span>
    </button>
  );
}
