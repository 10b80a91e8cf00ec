import { half, type Mutant, tampered, when } from './mutant.js';
import { NOW, TICK } from './world.js';

export const LEASE_MUTANTS: readonly Mutant[] = [
  {
    name: 'an ignored trial keeps its place',
    breaks: 'an ignored outcome changes nothing but its lease',
    of: when('half-open', 'trial-ignored', ({ circuit }) => circuit),
  },
  {
    name: 'an ignored trial frees every place',
    breaks: 'an ignored outcome changes nothing but its lease',
    of: when('half-open', 'trial-ignored', ({ circuit, real }) =>
      real() === circuit ? circuit : tampered(circuit, { leases: [] }),
    ),
  },
  {
    name: 'a success keeps its place',
    breaks: 'the end of a trial frees its place',
    of: when('half-open', 'trial-succeeded', ({ circuit, real }) => half(real(), { leases: circuit.leases })),
  },
  {
    name: 'a success frees the oldest place instead of its own',
    breaks: 'the end of a trial frees its place',
    of: when('half-open', 'trial-succeeded', ({ circuit, real }) =>
      real() === circuit ? circuit : half(real(), { leases: circuit.leases.slice(1) }),
    ),
  },
  {
    name: 'a success frees the place of another too',
    breaks: 'a live lease goes only with its own trial, or with the round',
    of: when('half-open', 'trial-succeeded', ({ circuit, real }) =>
      real() === circuit ? circuit : half(real(), { leases: [] }),
    ),
  },
  {
    name: 'the first trial of a round holds no lease',
    breaks: 'a call passes where it may, and only there',
    of: when('open', 'call', ({ real }) => half(real(), { leases: [] })),
  },
  {
    name: 'lapsed leases keep their places',
    breaks: 'from everywhere, time and successful calls alone lead back to closed',
    of: when('half-open', 'call', ({ real }) => real({ now: Number.NEGATIVE_INFINITY })),
  },
  {
    name: 'a lease lives a moment too long',
    breaks: 'a call passes where it may, and only there',
    of: when('half-open', 'call', ({ now, real }) => real({ now: now - 1 })),
  },
  {
    name: 'a lease lapses one tick too early',
    breaks: 'a call passes where it may, and only there',
    of: when('half-open', 'call', ({ now, real }) => real({ now: now + TICK })),
  },
  {
    name: 'there is one place too many',
    breaks: 'there are never more live leases than places',
    of: when('half-open', 'call', ({ circuit, real }) => {
      const { limit } = circuit;
      return half(real({ circuit: { ...circuit, limit: limit + 1 } }), { limit });
    }),
  },
  {
    name: 'there is one place too few',
    breaks: 'from everywhere, time and successful calls alone lead back to closed',
    of: when('half-open', 'call', ({ circuit, real }) => {
      const fewer = tampered(circuit, { limit: circuit.limit - 1 });
      return real({ circuit: fewer }) === fewer ? circuit : real();
    }),
  },
  {
    name: 'a call that finds every place taken takes the oldest',
    breaks: 'a call passes where it may, and only there',
    of: when('half-open', 'call', ({ circuit, event, real }) =>
      real() === circuit ? tampered(circuit, { leases: [...circuit.leases.slice(1), event.lease] }) : real(),
    ),
  },
  {
    name: 'a renewal gives a lost place back',
    breaks: 'a lease comes only with a call that passes',
    of: when('half-open', 'trial-renewed', ({ circuit, event, real }) =>
      real() === circuit ? tampered(circuit, { leases: [...circuit.leases, event.lease] }) : real(),
    ),
  },
  {
    name: 'a renewal renews every lease',
    breaks: 'a live lease goes only with its own trial, or with the round',
    of: when('half-open', 'trial-renewed', ({ circuit, event: { lease }, real }) => {
      const leases = circuit.leases.map(({ id }) => ({ ...lease, id }));
      return real() === circuit ? circuit : tampered(circuit, { leases });
    }),
  },
  {
    name: 'a renewal does not move the deadline',
    breaks: 'a renewal moves a deadline that is still held, and nothing else',
    of: when('half-open', 'trial-renewed', ({ circuit }) => circuit),
  },
  {
    name: 'a success frees the places of lapsed leases',
    breaks: 'a lapsed lease goes only when a call passes, or with the round',
    of: when('half-open', 'trial-succeeded', ({ circuit, real }) => {
      const after = real();
      if (after === circuit || after.state !== 'half-open') return after;
      return tampered(after, { leases: after.leases.filter(({ expiresAt }) => NOW < expiresAt) });
    }),
  },
];
