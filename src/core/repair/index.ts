export { type Detection, detect, detectPrefix, type LinePrefix, showsDamage } from './detect.ts';
export type { Segment } from './finish-segments.ts';
export type { Piece } from './paste-line.ts';
export { restore, type Shares } from './restore.ts';
