import { showOptions } from './show-options.js';
import { showSituations } from './show-situations.js';
import { showTrips } from './show-trips.js';

await showTrips();
await showOptions();
await showSituations();
