/** Exit codes. */
export const Exit = {
  Done: 0,
  /** Findings at or above `--fail-on`. */
  Findings: 1,
  Usage: 2,
  /** An input could not be read; the others were. */
  Input: 3,
  Output: 4,
  /** By Ctrl-C. */
  Interrupted: 130,
  /** By SIGTERM. */
  Terminated: 143,
  /** A fault of ftplens itself. */
  Fault: 70,
} as const;

/** The command line asks for something that there is not. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
