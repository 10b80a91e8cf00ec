import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Footprint } from './footprint.js';

/** Node's major versions differ in what a promise weighs, so each has a baseline of its own. */
const major = process.versions.node.split('.')[0];
const path = new URL(`../../baseline/node-${major}.json`, import.meta.url);

/** What is committed for this Node; `undefined` where nothing is. */
export function readBaseline(): Footprint | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Footprint) : undefined;
}

export function writeBaseline(footprint: Footprint): void {
  writeFileSync(path, `${JSON.stringify(footprint, undefined, 2)}\n`);
}
