import { counted } from '../../core/diagnoses/wording.ts';
import type { SetUpRow } from '../../core/report.ts';
import type { Cells } from '../data/messages.ts';
import { Figure } from '../parts/figure.tsx';
import { CONNECTION_OUTCOMES, familyInWords } from '../parts/words.ts';
import { Bars } from './bars.tsx';

const OUTCOMES = ['used', 'refused', 'unreachable', 'unused', 'unknown'] as const;
const TONES = {
  used: 'completed',
  refused: 'failed',
  unreachable: 'aborted',
  unused: 'unfinished',
  unknown: 'none',
} as const;

/** How data connections were set up, by command and family, and what became of them. */
export function SetUpsChart({ setUps }: { readonly setUps: readonly SetUpRow[] }) {
  const total = setUps.reduce((sum, { attempts }) => sum + attempts, 0);
  return (
    <Figure
      name="data-connections"
      title="Data connections"
      lead={`${counted(total, 'set-up')} by command and address family, and what became of them.`}
      cells={() => cellsOf(setUps)}
    >
      <Bars
        caption="Data connections by command and family"
        labels="Command and family"
        rows={setUps.map((row) => ({
          key: `${row.command} ${row.family}`,
          label: (
            <>
              <b>{row.command}</b>{' '}
              <span class="soft">{row.family === 'unknown' ? 'family not known' : familyInWords(row.family)}</span>
            </>
          ),
          parts: OUTCOMES.map((outcome) => ({
            label: CONNECTION_OUTCOMES[outcome],
            count: row[outcome],
            tone: TONES[outcome],
          })),
        }))}
      />
    </Figure>
  );
}

function cellsOf(setUps: readonly SetUpRow[]): Cells {
  return [
    ['command', 'family', 'attempts', ...OUTCOMES],
    ...setUps.map((row) => [row.command, row.family, row.attempts, ...OUTCOMES.map((outcome) => row[outcome])]),
  ];
}
