import type { Severity } from '../../core/report.ts';
import { Icon } from './icon.tsx';
import { SEVERITY_WORDS } from './words.ts';

/** A severity as a sign with its word, which only screen readers get unless asked for. */
export function SeverityMark({
  severity,
  withWord = false,
}: {
  readonly severity: Severity;
  readonly withWord?: boolean;
}) {
  return (
    <span class={`severity severity-${severity}`}>
      <Icon name={severity} />
      <span class={withWord ? '' : 'unseen'}>{SEVERITY_WORDS[severity]}</span>
    </span>
  );
}
