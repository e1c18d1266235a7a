/**
 * What stands on the terminal only for a while, such as a progress bar, and makes way for whatever is printed there. There is
 * one at most.
 */
export interface Drawing {
  /** Takes it off, so that a line can be printed in its place; it may come back below that. */
  erase(): void;
  /** Takes it off for good. */
  end(): void;
}

let drawing: Drawing | null = null;

/** From now on `drawn` makes way for what is printed; null: nothing does. */
export function setDrawing(drawn: Drawing | null): void {
  drawing = drawn;
}

/** To be called before a whole line is printed to the terminal. */
export function eraseDrawing(): void {
  drawing?.erase();
}

/** To be called before a part of a longer text is printed to the terminal, which may end within a line. */
export function endDrawing(): void {
  drawing?.end();
}
