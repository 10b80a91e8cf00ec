/** What a network saw pass, one entry for each piece. */
export type Passage = 'request' | 'reply';

/** How often somebody spoke, and then had to wait for an answer; however many pieces either came in. */
export function roundTripsOf(passages: readonly Passage[]): number {
  return passages.filter((passage, index) => passage === 'request' && passages[index - 1] !== 'request').length;
}
