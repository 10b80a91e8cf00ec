import { measureClosedCalls } from './measure/closed-calls.js';
import { measureFleets } from './measure/fleets.js';
import { measureHerds } from './measure/herd.js';
import { measureMemory } from './measure/memory.js';
import { measureRoundTrips } from './measure/round-trips.js';
import type { Scale } from './measure/scale.js';
import { measureTripLag } from './measure/trip-lag.js';
import type { Figure } from './report/figure.js';
import { fleetTableOf } from './report/fleet-table.js';
import { tableOf } from './report/table.js';
import type { Server } from './server/server.js';

export type Part = 'round-trips' | 'memory' | 'closed-calls' | 'trip-lag' | 'herd' | 'fleets';

/** What can be measured by itself. */
interface Measurement {
  readonly about: string;
  /** Gives plain data, and what people are shown of it. */
  measure(server: Server, scale: Scale): Promise<{ readonly data: readonly unknown[]; readonly text: string }>;
}

export const PARTS: Readonly<Record<Part, Measurement>> = {
  'round-trips': inFigures('how often a change waits for the server, and for how long', measureRoundTrips),
  memory: inFigures('what a circuit takes on the server', measureMemory),
  'closed-calls': inFigures('what calls that succeed ask of the server', measureClosedCalls),
  'trip-lag': inFigures('when the other processes know that a circuit has opened', measureTripLag),
  herd: inFigures('what it costs that one of 50 processes makes the trial', measureHerds),
  fleets: {
    about: 'what fleets of 2, 8 and 32 ask of the server, whatever befalls them: four to five minutes',
    async measure(server, scale) {
      const data = await measureFleets(server, scale);
      return { data, text: fleetTableOf(data) };
    },
  },
};

/** What takes less than a minute. */
export const USUAL: readonly Part[] = ['round-trips', 'memory', 'closed-calls', 'trip-lag', 'herd'];

function inFigures(about: string, measure: (server: Server, scale: Scale) => Promise<readonly Figure[]>): Measurement {
  return {
    about,
    async measure(server, scale) {
      const data = await measure(server, scale);
      return { data, text: tableOf(data) };
    },
  };
}
