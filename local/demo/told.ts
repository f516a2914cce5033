import { bangkokTold } from './told/bangkok.ts';
import { karachiTold } from './told/karachi.ts';
import { lyonTold } from './told/lyon.ts';
import { manilaTold } from './told/manila.ts';
import type { Told } from './told-shape.ts';

/** The eight stories that are written out: thirteen customers. */
export const told: Told[] = [...manilaTold, ...karachiTold, ...lyonTold, ...bangkokTold];
