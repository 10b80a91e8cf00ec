import { readFileSync } from 'node:fs';
import { supportsNewer } from '../peers/newest.js';

export interface Package {
  readonly name: string;
  /** What is imported for it, on this Node. */
  readonly specifier: string;
  /** What of it makes a breaker, as it is exported. */
  readonly breaker?: string;
}

export const packages: readonly Package[] = [
  { name: '@breaker/core', specifier: '@breaker/core', breaker: '{ CircuitBreaker, failureRate }' },
  { name: '@breaker/redis', specifier: '@breaker/redis' },
  { name: '@breaker/listeners-pino', specifier: '@breaker/listeners-pino' },
  {
    name: 'cockatiel',
    specifier: supportsNewer ? 'cockatiel-4' : 'cockatiel',
    breaker: '{ circuitBreaker, ConsecutiveBreaker, handleAll, SamplingBreaker }',
  },
  { name: 'opossum', specifier: supportsNewer ? 'opossum-10' : 'opossum', breaker: '{ default }' },
  { name: 'mollitia', specifier: 'mollitia', breaker: '{ Circuit, SlidingCountBreaker, SlidingTimeBreaker }' },
  { name: 'levee', specifier: 'levee', breaker: '{ createBreaker }' },
];

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export function manifestOf(specifier: string): Manifest {
  const path = new URL(`../../node_modules/${specifier}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}
