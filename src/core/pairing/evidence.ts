/** Points that make a pair: confidence 0.7. */
export const ENOUGH_POINTS = 12;
/** Points by which the doubt halves. */
const HALVING_POINTS = 7;

/** What speaks for and against two records being of one session: points, and where wanted the sentences. */
export class Evidence {
  points = 0;
  readonly reasons: string[] | null;

  constructor(withReasons: boolean) {
    this.reasons = withReasons ? [] : null;
  }

  add(points: number, reason: () => string): void {
    this.points += points;
    this.reasons?.push(reason());
  }
}

/** Confidence 0..1 in a pair with so many points. */
export function confidenceOf(points: number): number {
  return points <= 0 ? 0 : Math.round((1 - 2 ** (-points / HALVING_POINTS)) * 1000) / 1000;
}
