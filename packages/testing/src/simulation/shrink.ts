/** How often a schedule is run again at most, to find a smaller one. */
const MOST_ATTEMPTS = 200;

/**
 * Finds a smaller list that still fails: leaves out halves, quarters, and so on down to single items, as long as that helps.
 *
 * @param stillFails - whether a list shows what the whole one showed
 */
export async function shrink<T>(
  items: readonly T[],
  stillFails: (items: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let smallest = items;
  let attempts = 0;
  let size = Math.ceil(items.length / 2);
  while (size >= 1 && smallest.length > 0) {
    let hasShrunk = false;
    for (let start = 0; start < smallest.length && attempts < MOST_ATTEMPTS; attempts++) {
      const shorter = smallest.toSpliced(start, size);
      if (await stillFails(shorter)) {
        smallest = shorter;
        hasShrunk = true;
      } else {
        start += size;
      }
    }
    // Single items are tried again as long as that helps: what one of them needed may be gone by now.
    if (size > 1 || !hasShrunk || attempts >= MOST_ATTEMPTS) size = Math.floor(size / 2);
  }
  return smallest;
}
