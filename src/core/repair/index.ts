export { type Detection, detect, detectPrefix, type LinePrefix } from './detect.ts';
export type { Piece } from './paste-line.ts';
export { restore, type Segment, type Shares, undos } from './restore.ts';
