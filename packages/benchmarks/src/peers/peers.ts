import { awaitFloor } from './await-floor.js';
import { bare } from './bare.js';
import { breaker } from './breaker.js';
import { cockatiel } from './cockatiel.js';
import { levee } from './levee.js';
import { mollitia } from './mollitia.js';
import { opossum } from './opossum.js';
import type { Peer } from './peer.js';
import { thenFloor } from './then-floor.js';

/** Everybody, in the order of the report; the first is what the others are compared with. */
export const peers: readonly Peer[] = [bare, thenFloor, awaitFloor, breaker, cockatiel, opossum, mollitia, levee];

/** Those that are libraries. */
export const libraries = [breaker, cockatiel, opossum, mollitia, levee] as const;
