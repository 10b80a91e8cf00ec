import { expect, it } from 'vitest';
import { FakeClock } from '../test/fake-clock.js';
import { CircuitBreakerRegistry } from './index.js';

it('is emptied when its scope ends', async () => {
  let kept: CircuitBreakerRegistry;
  {
    await using registry = new CircuitBreakerRegistry();
    registry.get('one');
    kept = registry;
    expect(kept.size).toBe(1);
  }
  expect(kept.size).toBe(0);
});

it('drops a breaker that was used by who held it when it has been unused for so long since', async () => {
  const clock = new FakeClock();
  const registry = new CircuitBreakerRegistry({ clock }, { idleMs: 100 });
  const held = registry.get('held');
  clock.advance(50);
  await held.execute(() => 1);
  clock.advance(50);
  registry.get('other');
  expect([...registry]).toContain(held);
  clock.advance(100);
  registry.get('another');
  expect([...registry]).not.toContain(held);
});
