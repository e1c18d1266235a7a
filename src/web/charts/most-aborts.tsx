import { grouped } from '../../core/diagnoses/wording.ts';
import { OUTCOMES, type SummaryRow } from '../../core/report.ts';
import type { Cells } from '../data/messages.ts';
import { hashOf } from '../data/place.ts';
import { Figure } from '../parts/figure.tsx';
import { OUTCOME_TONES } from '../parts/split-bar.tsx';
import { Bars, NameLabel } from './bars.tsx';

const SHOWN = 8;

interface MostAbortsProps {
  readonly what: 'peers' | 'users' | 'servers';
  readonly rows: readonly SummaryRow[];
}

/** Who had most transfers cut or failed. */
export function MostAbortsChart({ what, rows }: MostAbortsProps) {
  const broken = ({ aborted, failed }: SummaryRow) => aborted + failed;
  const sorted = [...rows].sort((a, b) => broken(b) - broken(a) || b.transfers - a.transfers);
  const troubled = sorted.filter((row) => broken(row) > 0);
  const shown = (troubled.length > 0 ? troubled : sorted).slice(0, SHOWN);
  const more = rows.length - shown.length;
  const lead =
    troubled.length === 0
      ? `None of ${grouped(rows.length)} had a transfer cut.`
      : `${grouped(troubled.length)} of ${grouped(rows.length)} had transfers cut or failed.`;
  return (
    <Figure
      name={`${what}-with-most-aborts`}
      title={`${TITLES[what]} with most aborts`}
      lead={lead}
      cells={() => cellsOf(what, sorted)}
    >
      <Bars
        caption={`Transfers by ${what}`}
        labels={TITLES[what]}
        rows={shown.map((row) => ({
          key: row.key,
          label: <NameLabel name={row.key} />,
          href: hashOf('sessions', '', [['text', row.key]]),
          parts: (['aborted', 'failed'] as const).map((outcome) => ({
            label: outcome,
            count: row[outcome],
            tone: OUTCOME_TONES[outcome],
          })),
        }))}
      />
      {more > 0 ? <p class="readout">{grouped(more)} more in the table.</p> : null}
    </Figure>
  );
}

const TITLES = { peers: 'Peers', users: 'Users', servers: 'Servers' } as const;

function cellsOf(what: string, rows: readonly SummaryRow[]): Cells {
  return [
    [what.slice(0, -1), 'sessions', 'transfers', ...OUTCOMES, 'bytes'],
    ...rows.map((row) => [row.key, row.sessions, row.transfers, ...OUTCOMES.map((outcome) => row[outcome]), row.bytes]),
  ];
}
