import { copyFinding } from '../core/diagnoses/copy-finding.ts';
import type { Finding } from '../core/report.ts';
import type { Session } from '../core/sessions/session.ts';

/** What is new in a log. Borrowed: it holds as long as the call lasts. */
export type Told =
  | { readonly kind: 'transfer'; readonly path: string; readonly session: Session; readonly index: number }
  | { readonly kind: 'finding'; readonly path: string; readonly session: Session; readonly finding: Finding }
  | { readonly kind: 'session'; readonly path: string; readonly session: Session };

interface Known {
  readonly transfers: Set<number>;
  readonly findings: Set<string>;
}

/** Tells each transfer of a log once, when it is over, and each finding once, when later lines cannot change it. */
export class NewsDesk {
  transfers = 0;
  private readonly path: string;
  private readonly tell: (told: Told) => void;
  private readonly known = new Map<string, Known>();

  constructor(path: string, tell: (told: Told) => void) {
    this.path = path;
    this.tell = tell;
  }

  /** Takes a session as it stands; `isOver`: nothing more will come of it. */
  take(session: Session, findings: readonly Finding[], isOver: boolean): void {
    const known = this.known.get(session.id) ?? { transfers: new Set(), findings: new Set() };
    const { path } = this;
    session.transfers.forEach(({ outcome }, index) => {
      if (known.transfers.has(index) || (outcome === 'unfinished' && !isOver)) return;
      known.transfers.add(index);
      this.transfers++;
      this.tell({ kind: 'transfer', path, session, index });
    });
    for (const finding of findings) {
      const isSettled = isOver || (finding.transfer !== null && known.transfers.has(finding.transfer));
      const key = `${finding.id} ${finding.transfer} ${finding.evidence[0]?.line}`;
      if (!isSettled || known.findings.has(key)) continue;
      known.findings.add(key);
      this.tell({ kind: 'finding', path, session, finding: copyFinding(finding) });
    }
    if (isOver) {
      this.known.delete(session.id);
      this.tell({ kind: 'session', path, session });
    } else if (known.transfers.size > 0) this.known.set(session.id, known);
  }
}
