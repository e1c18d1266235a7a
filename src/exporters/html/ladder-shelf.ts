import type { LadderData, PackedLadder } from './page-data.ts';
import { Shelves } from './shelves.ts';
import { stringifyForPage } from './stringify.ts';

/** Characters of a ladder besides its texts, and of one of its lists' items, roughly. */
const FRAME = 600;
const ITEM = 180;
/** How much more is kept than there is room for: texts that many ladders have in common are written once. */
const SPARE = 2;

/** Keeps the sessions that are worth drawing, and packs them. */
export class LadderShelf {
  private readonly room: number;
  private readonly ladders: Shelves<LadderData>;

  /** `room`: characters of the packed ladders with their texts. */
  constructor(ranks: number, room: number) {
    this.room = room;
    this.ladders = new Shelves(ranks, room * SPARE, sizeOf);
  }

  /** As {@link Shelves.offer}. */
  offer(rank: number, make: () => LadderData): void {
    this.ladders.offer(rank, make);
  }

  /** The ladders there is room for as JSON, the most important first; their texts; and how many were offered in vain. */
  pack(): { ladders: string[]; texts: string[]; leftOut: number } {
    const indexes = new Map<string, number>();
    const texts: string[] = [];
    const ladders: string[] = [];
    let size = 0;
    const indexOf = (text: string) => {
      let index = indexes.get(text);
      if (index === undefined) {
        index = texts.length;
        indexes.set(text, index);
        const json = stringifyForPage(text);
        texts.push(json);
        size += json.length;
      }
      return index;
    };
    const kept = this.ladders.items();
    for (const ladder of kept) {
      if (size >= this.room) break;
      const steps = ladder.steps.map(
        ([speaker, line, ms, text, exchange]) => [speaker, line, ms, indexOf(text), exchange] as const,
      );
      const json = stringifyForPage({ ...ladder, steps } satisfies PackedLadder);
      ladders.push(json);
      size += json.length;
    }
    return { ladders, texts, leftOut: this.ladders.leftOut + kept.length - ladders.length };
  }
}

function sizeOf({ steps, connections, transfers, findings }: LadderData): number {
  let size = FRAME + (connections.length + transfers.length) * ITEM;
  for (const step of steps) size += step[3].length;
  for (const { message, evidence } of findings)
    size += message.length + evidence.reduce((sum, { text }) => sum + text.length, ITEM);
  return size;
}
