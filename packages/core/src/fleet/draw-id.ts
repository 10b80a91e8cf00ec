let made = 0;

/** An id that no other process has, of leases, eras and voters. Numbered too, lest poor chance give one process the same twice. */
export function drawId(random: () => number): string {
  const chance = Math.floor(random() * 2 ** 52).toString(36);
  return `${chance}-${(++made).toString(36)}`;
}
