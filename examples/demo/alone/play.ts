import { setTimeout as sleep } from 'node:timers/promises';
import type { Health } from '../server.js';
import type { Scene, View } from './view.js';

const CALL_EVERY_MS = 25;
const TICK_MS = 250;
const SCHEDULE: readonly { health: Health; ticks: number }[] = [
  { health: 'healthy', ticks: 10 },
  { health: 'slow', ticks: 14 },
  { health: 'failing', ticks: 10 },
  { health: 'recovering', ticks: 12 },
  { health: 'healthy', ticks: 14 },
];

/** Takes both servers through the schedule, under the same steady traffic. `pace` scales all times. */
export async function play(scene: Scene, view: View, pace: number): Promise<void> {
  const { breaker, sides, moments } = scene;
  const [guarded, unguarded] = sides;
  const startedAt = performance.now();
  const tell = (news: string) => view.tell(performance.now() - startedAt, news);

  let hadTrial = false;
  breaker.addListener({
    onStateChange: ({ from, to, reason }) => {
      hadTrial ||= to === 'half-open';
      tell(`circuit ${from} -> ${to} (${reason})`);
    },
  });

  const measureLoads = () => Promise.all(sides.map((side) => side.measureLoad()));
  const calls: Promise<void>[] = [];
  const traffic = setInterval(() => calls.push(guarded.call(), unguarded.call()), CALL_EVERY_MS * pace);
  try {
    for (const { health, ticks } of SCHEDULE) {
      for (const { server } of sides) server.become(health);
      tell(`server ${health}`);
      for (let tick = 0; tick < ticks; tick++) {
        await sleep(TICK_MS * pace);
        await measureLoads();
        const state = hadTrial ? 'half-open' : breaker.state;
        moments.push({ health, state, waiting: [guarded.waiting, unguarded.waiting] });
        hadTrial = false;
        view.show(performance.now() - startedAt, scene);
      }
    }
  } finally {
    clearInterval(traffic);
  }
  await Promise.all(calls);
  await measureLoads();
}
