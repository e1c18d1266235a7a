import { useEffect, useRef, useState } from 'preact/hooks';
import { sizeInWords } from '../../exporters/quantities.ts';
import { exampleSources } from '../data/examples.ts';
import { sourceOf } from '../data/kept-texts.ts';
import type { Source } from '../data/messages.ts';
import { Icon } from '../parts/icon.tsx';

interface PasteProps {
  readonly read: (sources: readonly Source[]) => void;
  /** What went wrong the last time. */
  readonly complaint: string | null;
}

const READABLE =
  'FileZilla (client and server), curl, WinSCP, lftp, wget, command-line ftp, Python’s ftplib, vsftpd, ProFTPD, Pure-FTPd, pyftpdlib, IIS and xferlog';

/** Where transcripts are pasted and dropped. */
export function Paste({ read, complaint }: PasteProps) {
  const [added, setAdded] = useState<readonly Source[]>([]);
  const [text, setText] = useState('');
  const chooser = useRef<HTMLInputElement>(null);
  const isDragged = useDrop((files) => {
    if (added.length === 0 && text.trim() === '') read(files);
    else setAdded([...added, ...files]);
  });
  const all = text.trim() === '' ? added : [...added, sourceOf(nameOfText(added), text)];
  const submit = (event: Event) => {
    event.preventDefault();
    if (all.length > 0) read(all);
  };
  const addText = () => {
    setAdded(all);
    setText('');
  };
  return (
    <form class={`paste ${isDragged ? 'is-dragged' : ''}`} onSubmit={submit}>
      <h1>What happened in that FTP session?</h1>
      <p class="lead">
        Paste or drop what a client or a server wrote down. It is read in this page and stays in it: the page is not
        allowed to connect anywhere.
      </p>
      {complaint === null ? null : (
        <p class="note note-error" role="alert">
          {complaint}
        </p>
      )}
      <div class="card paste-box">
        <textarea
          aria-label="Transcript"
          placeholder={'* Connected to ftp.example.org (192.0.2.7) port 21\n< 220 Welcome\n> USER anonymous\n…'}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
          }}
        />
        <AddedSources sources={added} remove={(source) => setAdded(added.filter((other) => other !== source))} />
        <div class="paste-tools">
          <button type="submit" class="button primary" disabled={all.length === 0}>
            Read
          </button>
          <button type="button" class="button" onClick={() => chooser.current!.click()}>
            <Icon name="file" />
            Choose files
          </button>
          <input
            ref={chooser}
            class="unseen"
            type="file"
            multiple
            tabIndex={-1}
            aria-label="Files"
            onChange={({ currentTarget }) => {
              const files = sourcesOf(currentTarget.files);
              currentTarget.value = '';
              if (all.length === 0) read(files);
              else setAdded([...added, ...files]);
            }}
          />
          {text.trim() === '' ? null : (
            <button type="button" class="button" onClick={addText}>
              Add another text
            </button>
          )}
          <button type="button" class="link" onClick={() => read(exampleSources())}>
            Show me an example
          </button>
        </div>
      </div>
      <p class="soft paste-hint">
        <Icon name="drop" /> Files may be dropped anywhere here: several at once, also <code>.gz</code>, also large
        ones. A client’s and a server’s record of the same session are laid side by side.
      </p>
      <p class="soft">Reads what these write: {READABLE}. Quoted, wrapped or joined lines are put right first.</p>
    </form>
  );
}

function AddedSources({
  sources,
  remove,
}: {
  readonly sources: readonly Source[];
  readonly remove: (source: Source) => void;
}) {
  if (sources.length === 0) return null;
  return (
    <ul class="added">
      {sources.map((source, i) => (
        <li key={i} class="chip">
          <Icon name="file" />
          <bdi>{source.name}</bdi> <span class="soft">{sizeInWords(source.blob.size)}</span>
          <button type="button" aria-label={`Remove ${source.name}`} onClick={() => remove(source)}>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function nameOfText(added: readonly Source[]): string {
  const texts = added.filter(({ blob }) => !(blob instanceof File)).length;
  return texts === 0 ? 'pasted text' : `pasted text ${texts + 1}`;
}

function sourcesOf(files: FileList | null): Source[] {
  return [...(files ?? [])].map((file) => ({ name: file.name, blob: file }));
}

/** Whether files are being dragged over the page; `take` gets those that are dropped. */
function useDrop(take: (sources: Source[]) => void): boolean {
  const [depth, setDepth] = useState(0);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const enter = () => setDepth((before) => before + 1);
    const leave = () => setDepth((before) => Math.max(0, before - 1));
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setDepth(0);
      const sources = sourcesOf(event.dataTransfer?.files ?? null);
      const text = event.dataTransfer?.getData('text/plain') ?? '';
      if (sources.length > 0) latest.current(sources);
      else if (text.trim() !== '') latest.current([sourceOf('dropped text', text)]);
    };
    addEventListener('dragenter', enter);
    addEventListener('dragleave', leave);
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragleave', leave);
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, []);
  return depth > 0;
}
