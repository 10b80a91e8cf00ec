import { always, type Mutant, tampered, when } from './mutant.js';
import { TICK } from './world.js';

export const STATE_MUTANTS: readonly Mutant[] = [
  {
    name: 'the epoch does not grow at a close',
    breaks: 'the epoch grows by one with a new era, and else never',
    of: when('closed', 'close', ({ circuit, real }) => tampered(real(), { epoch: circuit.epoch })),
  },
  {
    name: 'the epoch does not grow at a trip',
    breaks: 'the epoch grows by one with a new era, and else never',
    of: when('closed', 'trip', ({ circuit, real }) => tampered(real(), { epoch: circuit.epoch })),
  },
  {
    name: 'closing a closed circuit does nothing',
    breaks: 'the epoch grows by one with a new era, and else never',
    of: when('closed', 'close', ({ circuit }) => circuit),
  },
  {
    name: 'a closed circuit remembers across a close',
    breaks: 'a closed circuit begins with nothing remembered',
    of: when('closed', 'close', ({ circuit, real }) => tampered(real(), { memory: circuit.memory })),
  },
  {
    name: 'a closed circuit never trips',
    breaks: 'it trips where the outcomes since it was closed meet the policy, and only there',
    of: when('closed', 'trip', ({ circuit }) => circuit),
  },
  {
    name: 'a closed circuit trips at the first failure',
    breaks: 'it trips where the outcomes since it was closed meet the policy, and only there',
    of: when('closed', 'trip', ({ real }) => real({ event: { type: 'open' } })),
  },
  {
    name: 'an open circuit is never due',
    breaks: 'from everywhere, time and successful calls alone lead back to closed',
    of: when('open', 'call', ({ circuit }) => circuit),
  },
  {
    name: 'an open circuit is due at once',
    breaks: 'an open circuit becomes half-open only when it is due, or by hand',
    of: when('open', 'call', ({ circuit, real }) => real({ now: circuit.openUntilAt })),
  },
  {
    name: 'an open circuit is due one tick too late',
    breaks: 'a call passes where it may, and only there',
    of: when('open', 'call', ({ now, real }) => real({ now: now - TICK })),
  },
  {
    name: 'opening an open circuit extends it',
    breaks: 'nothing to do gives back the very same object',
    of: when('open', 'open', ({ circuit, now, rules }) => ({
      ...circuit,
      openUntilAt: now + rules.openForMs(circuit.trips),
    })),
  },
  {
    name: 'a rejected call leaves a copy of the circuit behind',
    breaks: 'nothing to do gives back the very same object',
    of: when('open', 'call', ({ circuit, real }) => (real() === circuit ? { ...circuit } : real())),
  },
  {
    name: 'a rejected call is written into the circuit',
    breaks: 'the rules throw nothing, and write to nothing',
    of: when('isolated', 'call', ({ circuit }) => Object.assign(circuit, { trips: circuit.trips + 1 })),
  },
  {
    name: 'trips are not counted',
    breaks: 'trips are those since the circuit was last closed',
    of: always((before, after) => (before.state !== 'open' && after.state === 'open' ? { ...after, trips: 1 } : after)),
  },
  {
    name: 'trips are not reset at a close',
    breaks: 'trips are those since the circuit was last closed',
    of: always((before, after) => (after.state === 'closed' ? tampered(after, { trips: before.trips }) : after)),
  },
  {
    name: 'a circuit opened by hand has no trips',
    breaks: 'trips are those since the circuit was last closed',
    of: when('closed', 'open', ({ real }) => tampered(real(), { trips: 0 })),
  },
  {
    name: 'every trip opens it for as long as the first',
    breaks: 'it is open for as long as its trips say',
    of: when('half-open', 'trial-failed', ({ real, rules }) =>
      real({ rules: { ...rules, openForMs: () => rules.openForMs(1) } }),
    ),
  },
  {
    name: 'a disabled circuit opens at a failure',
    breaks: 'only legal changes of state happen',
    of: when('disabled', 'outcome', ({ event, circuit, real }) =>
      event.tally.failures > 0 ? real({ event: { type: 'open' } }) : circuit,
    ),
  },
  {
    name: 'a disabled circuit counts failures as trips',
    breaks: 'only rulings move a circuit that somebody isolated or disabled',
    of: when('disabled', 'outcome', ({ circuit, event }) =>
      tampered(circuit, { trips: circuit.trips + event.tally.failures }),
    ),
  },
  {
    name: 'an isolated circuit lets a trial through',
    breaks: 'only legal changes of state happen',
    of: when('isolated', 'call', ({ event, real }) => real({ circuit: real({ event: { type: 'half-open' } }), event })),
  },
  {
    name: 'a ruling does not reach an isolated circuit',
    breaks: 'only legal changes of state happen',
    of: when('isolated', 'half-open', ({ circuit }) => circuit),
  },
];
