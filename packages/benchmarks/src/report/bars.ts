interface Bar {
  readonly name: string;
  /** In nanoseconds. */
  readonly value: number;
  readonly label: string;
  /** Whether it is this project's. */
  readonly isOwn: boolean;
}

export interface BarGroup {
  readonly title: string;
  readonly rows: readonly Bar[];
}

interface Place {
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

const NAMES = 205;
const LABELS = 150;
const TITLE = 28;
const ROW = 20;
const GAP = 14;

/** All groups share one scale, so that a bar of one can be held against a bar of another. */
const FIRST = 10;
const LAST = 10_000_000;

/** Draws a group of bars with a title above, names before and labels after them. */
export function bars({ title, rows }: BarGroup, { y, left, right }: Place): { svg: string; height: number } {
  const start = left + NAMES;
  const room = right - LABELS - start;
  const lines = rows.map(({ name, value, label, isOwn }, row) => {
    const top = y + TITLE + row * ROW;
    const width = shareOf(value) * room;
    return [
      `<text x="${left}" y="${top + 11}">${escaped(name)}</text>`,
      `<rect class="bar${isOwn ? ' own' : ''}" x="${start}" y="${top}" width="${width.toFixed(1)}" height="14" rx="2"/>`,
      `<text class="label" x="${(start + width + 8).toFixed(1)}" y="${top + 11}">${escaped(label)}</text>`,
    ].join('');
  });
  const heading = `<text class="title" x="${left}" y="${y + 14}">${escaped(title)}</text>`;
  return { svg: [heading, ...lines].join('\n'), height: TITLE + rows.length * ROW + GAP };
}

/** The part of the scale that a value takes: each factor of ten is as long as the next. */
export function shareOf(value: number): number {
  const share = Math.log(value / FIRST) / Math.log(LAST / FIRST);
  return Math.min(1, Math.max(0.005, share));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
