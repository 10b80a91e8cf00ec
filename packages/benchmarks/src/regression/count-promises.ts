import { createHook } from 'node:async_hooks';

/** How many promises come into being in that many runs. */
export async function countPromises(run: () => unknown, times: number): Promise<number> {
  let promises = 0;
  const hook = createHook({
    init(_, type) {
      if (type === 'PROMISE') promises++;
    },
  });
  hook.enable();
  for (let i = 0; i < times; i++) await run();
  hook.disable();
  return promises;
}
