import { Fleet } from '../fleet/fleet.js';
import { median, percentile } from '../numbers/percentile.js';
import type { Figure } from '../report/figure.js';
import type { Server } from '../server/server.js';
import type { Scale } from './scale.js';

const TOPIC = 'A trip, from the sending of its commit until another process shows it';
/** As large as a record. */
const MESSAGE = 'x'.repeat(250);

/**
 * How long after its commit was sent the other processes show that the fleet's circuit is open. PINGs are sent in between, by all
 * processes at once: a trip wakes as many, and on a machine of few cores they wait for each other.
 */
export async function measureTripLag(server: Server, scale: Scale): Promise<Figure[]> {
  const { tripProcesses, trips } = scale;
  const plan = {
    address: server.address,
    namespace: server.namespace,
    circuit: 'trip-lag',
    // Shorter than usual, but long enough that all reports are in when the trip comes.
    sharing: { kind: 'outcomes', options: { flushIntervalMs: 5, hearingMs: 40 } },
    options: { failureThreshold: Math.min(5, tripProcesses), resetTimeoutMs: 60_000 },
  } as const;
  return Fleet.use(tripProcesses, plan, async (fleet) => {
    const pings: number[] = [];
    const lonePings: number[] = [];
    const messages: number[] = [];
    const byHand: number[] = [];
    const byOutcomes: number[] = [];
    for (let turn = 0; turn < trips; turn++) {
      pings.push(...(await fleet.ask('ping')));
      byHand.push(...(await tripLags(fleet, turn, () => fleet.member(turn).ask('rule', 'open'))));
      if (turn % 2 === 0) messages.push(...(await messageLags(fleet, turn)));
      pings.push(...(await fleet.ask('ping')));
      // Everything is down, and each process has seen it once: together that is enough.
      byOutcomes.push(...(await tripLags(fleet, turn, () => fleet.ask('fail'))));
      lonePings.push(await fleet.member(turn).ask('ping'));
    }
    const ping = median(pings);
    return [
      ...lagFigures('by hand', byHand, pings),
      ...lagFigures('by outcomes', byOutcomes, pings),
      { topic: TOPIC, what: 'a bare PUBLISH, to compare: median', value: median(messages) / ping, unit: 'PINGs' },
      {
        topic: TOPIC,
        what: 'a bare PUBLISH, to compare: 99 of 100',
        value: percentile(messages, 0.99) / ping,
        unit: 'PINGs',
      },
      { topic: TOPIC, what: 'a PING of one process alone: median', value: median(lonePings) / ping, unit: 'PINGs' },
      { topic: TOPIC, what: 'the PING, of all processes at once: median', value: ping, unit: 'ms' },
    ];
  });
}

/** In all processes but the one that has made the trip. */
async function tripLags(fleet: Fleet, turn: number, trip: () => Promise<unknown>): Promise<number[]> {
  const shown = fleet.ask('untilShown', 'open');
  await trip();
  const changes = await shown;
  const closed = fleet.ask('untilShown', 'closed');
  await fleet.member(turn).ask('rule', 'close');
  await closed;
  const maker = changes.find(({ isOwn }) => isOwn);
  if (maker === undefined) throw new Error('No process says that it has opened the circuit');
  return changes.filter((change) => change !== maker).map(({ shownAt }) => shownAt - maker.sentAt);
}

async function messageLags(fleet: Fleet, turn: number): Promise<number[]> {
  const sender = fleet.member(turn);
  const others = fleet.members.filter((member) => member !== sender);
  const heard = fleet.ask('untilPushed');
  const sentAt = await sender.ask('push', MESSAGE);
  const heardAt = await heard;
  return others.map((other) => (heardAt[fleet.members.indexOf(other)] as number) - sentAt);
}

function lagFigures(way: string, lags: readonly number[], pings: readonly number[]): Figure[] {
  const ping = median(pings);
  const [most, mostOfPings] = [percentile(lags, 0.99), percentile(pings, 0.99)];
  return [
    { topic: TOPIC, what: `${way}: median`, value: median(lags) / ping, unit: 'PINGs', goal: { below: 3 } },
    { topic: TOPIC, what: `${way}: 99 of 100`, value: most / ping, unit: 'PINGs', goal: { below: 10 } },
    { topic: TOPIC, what: `${way}: 99 of 100, by 99 of 100 PINGs`, value: most / mostOfPings, unit: 'such PINGs' },
  ];
}
