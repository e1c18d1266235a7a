import type { ComponentChildren } from 'preact';
import { counted, grouped } from '../../core/diagnoses/wording.ts';
import { OUTCOMES } from '../../core/report.ts';
import { DATA_COMMANDS, FAMILIES, TLS_MODES } from '../../exporters/html/page-data.ts';
import { sizeInWords } from '../../exporters/quantities.ts';
import type { Model } from '../data/model.ts';
import { hashOf } from '../data/place.ts';
import { OUTCOME_TONES, type Part, SplitBar } from '../parts/split-bar.tsx';
import { familyInWords, percentInWords, TLS_WORDS } from '../parts/words.ts';

/** The report's figures at a glance. */
export function Tiles({ model }: { readonly model: Model }) {
  const { summary } = model.data;
  if (summary.sessions === 0) return null;
  return (
    <section class="tiles" aria-label="Figures">
      <SessionsTile model={model} />
      <TransfersTile model={model} />
      <CommandsTile model={model} />
      <FamiliesTile model={model} />
      <TlsTile model={model} />
    </section>
  );
}

interface TileProps {
  readonly title: string;
  readonly figure: string;
  readonly note?: string;
  readonly href?: string;
  readonly children?: ComponentChildren;
}

function Tile({ title, figure, note, href, children }: TileProps) {
  return (
    <div class="card tile">
      <h2>{title}</h2>
      <p class="tile-figure">
        {href === undefined ? figure : <a href={href}>{figure}</a>}
        {note === undefined ? null : <span class="soft">{note}</span>}
      </p>
      {children}
    </div>
  );
}

function SessionsTile({ model }: { readonly model: Model }) {
  const { summary, figures, pairs, leftOut } = model.data;
  const { sessions } = summary;
  const pairCount = pairs.length + leftOut.pairs;
  const parts: Part[] = [
    {
      label: 'with problems',
      count: figures.troubled,
      tone: 'warning',
      href: hashOf('sessions', '', [['severity', 'warning']]),
    },
    { label: 'without', count: sessions - figures.troubled, tone: 'completed' },
  ];
  return (
    <Tile
      title="Sessions"
      figure={grouped(sessions)}
      href={hashOf('sessions')}
      {...(pairCount > 0 ? { note: counted(pairCount, 'pair') } : {})}
    >
      <SplitBar parts={parts} />
    </Tile>
  );
}

function TransfersTile({ model }: { readonly model: Model }) {
  const { transfers, bytes } = model.data.summary;
  const total = OUTCOMES.reduce((sum, outcome) => sum + transfers[outcome], 0);
  const parts = OUTCOMES.map((outcome) => ({
    label: outcome,
    count: transfers[outcome],
    tone: OUTCOME_TONES[outcome],
    href: hashOf('sessions', '', [['outcome', outcome]]),
  }));
  return (
    <Tile
      title="Transfers"
      figure={grouped(total)}
      {...(bytes.known > 0 ? { note: `${sizeInWords(bytes.known)} moved` } : {})}
    >
      <SplitBar parts={parts} />
    </Tile>
  );
}

function CommandsTile({ model }: { readonly model: Model }) {
  const { setUps } = model.data.summary;
  const total = setUps.reduce((sum, { attempts }) => sum + attempts, 0);
  const parts = DATA_COMMANDS.map((command, i) => ({
    label: command,
    count: setUps.filter((row) => row.command === command).reduce((sum, { attempts }) => sum + attempts, 0),
    tone: `series-${i}`,
    href: hashOf('sessions', '', [['command', command]]),
  }));
  return (
    <Tile title="Data connections" figure={grouped(total)}>
      <SplitBar parts={parts} />
    </Tile>
  );
}

function FamiliesTile({ model }: { readonly model: Model }) {
  const { byFamily, sessions } = model.data.summary;
  const countOf = (family: string) => byFamily.find(({ key }) => key === family)?.sessions ?? 0;
  const main = countOf('ipv6') > countOf('ipv4') ? 'ipv6' : 'ipv4';
  const known = countOf('ipv4') + countOf('ipv6');
  const parts = FAMILIES.map((family, i) => ({
    label: familyInWords(family),
    count: countOf(family),
    tone: family === 'unknown' ? 'none' : `series-${i}`,
    href: hashOf('sessions', '', [['family', family]]),
  }));
  return (
    <Tile
      title="Address family"
      figure={known === 0 ? 'Not known' : familyInWords(main)}
      {...(known === 0 || countOf(main) === sessions ? {} : { note: percentInWords(countOf(main) / sessions) })}
    >
      <SplitBar parts={parts} />
    </Tile>
  );
}

function TlsTile({ model }: { readonly model: Model }) {
  const { figures, summary } = model.data;
  const { controlTls } = figures;
  const encrypted = controlTls.explicit + controlTls.implicit;
  const tones = { explicit: 'series-0', implicit: 'series-1', none: 'clear', unknown: 'none' } as const;
  const parts = [...TLS_MODES]
    .sort((a, b) => Object.keys(tones).indexOf(a) - Object.keys(tones).indexOf(b))
    .map((mode) => ({
      label: mode === 'none' ? 'in clear' : TLS_WORDS[mode],
      count: controlTls[mode],
      tone: tones[mode],
      href: hashOf('sessions', '', [['tls', mode]]),
    }));
  return (
    <Tile title="Encrypted" figure={percentInWords(encrypted / summary.sessions)} note="of sessions">
      <SplitBar parts={parts} />
    </Tile>
  );
}
