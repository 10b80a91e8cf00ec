/** The calls that follow a signal. */
class Following {
  readonly followers = new Set<() => void>();

  constructor(readonly signal: AbortSignal) {
    signal.addEventListener('abort', this);
    followings.set(signal, this);
  }

  handleEvent(): void {
    for (const follower of this.followers) follower();
  }

  leave(follower: () => void): void {
    if (!this.followers.delete(follower) || this.followers.size > 0) return;
    this.signal.removeEventListener('abort', this);
    followings.delete(this.signal);
  }
}

const followings = new WeakMap<AbortSignal, Following>();

/**
 * Runs something when a signal aborts; gives a function that calls it off.
 *
 * However many calls share a signal, one listener is attached to it, and only while one of them runs: Node takes more than
 * ten for a leak, and says so.
 */
export function followSignal(signal: AbortSignal, follower: () => void): () => void {
  const following = followings.get(signal) ?? new Following(signal);
  following.followers.add(follower);
  return () => following.leave(follower);
}
