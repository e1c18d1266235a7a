/** An output that could not be written. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}
