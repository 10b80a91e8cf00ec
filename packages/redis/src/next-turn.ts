/** Lets all that is due in this turn of the event loop happen first, so that it can share a round trip. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
