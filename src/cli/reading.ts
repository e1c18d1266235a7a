/**
 * What the commands that read transcripts are made of, so that it is loaded when one of them is run, and all at once: looking
 * for many small files takes longer than reading what another command needs.
 */
export { exporters } from '../exporters/index.ts';
export { Ladder } from '../exporters/ladder.ts';
export { PairLadder } from '../exporters/pair-ladder.ts';
export { text } from '../exporters/text.ts';
export { analyse } from './analyse.ts';
export { deliveriesOf } from './deliveries.ts';
export { settingsOf } from './settings.ts';
