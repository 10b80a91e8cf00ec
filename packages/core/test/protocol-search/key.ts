import type { World } from './world.js';

const ids = new Map<string, number>();
const known = new WeakMap<object, number>();

/** The same for worlds that are alike, and for no others. */
export function keyOf({ time, storage, processes, late, pushes, spent }: World): string {
  let key = `${time} ${idOf(storage)} ${idOf(late)} ${idOf(pushes)} ${idOf(spent)}`;
  for (const process of processes) key += ` ${idOf(process)}`;
  return key;
}

/** A number for each of the pieces that worlds are made of, most of which they share. */
function idOf(piece: object): number {
  const id = known.get(piece) ?? numberOf(JSON.stringify(piece));
  known.set(piece, id);
  return id;
}

function numberOf(json: string): number {
  const id = ids.get(json) ?? ids.size;
  ids.set(json, id);
  return id;
}
