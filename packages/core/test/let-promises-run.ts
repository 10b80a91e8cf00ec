const TURNS = 60;

/** Lets every promise that is settled tell those who wait for it; no time passes. */
export async function letPromisesRun(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    await undefined;
  }
}
