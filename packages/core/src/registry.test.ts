import { expect, it } from 'vitest';
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
