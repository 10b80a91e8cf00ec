const START = /^\s*\/\/ #region (\S+)\s*$/;
const END = /^\s*\/\/ #endregion\b/;

/** A marked region of a source, or all of it, without marks and common indentation; `undefined` where there is none. */
export function sourceRegion(source: string, region?: string): string | undefined {
  const lines = source.split(/\r?\n/);
  if (region === undefined) return tidy(lines);
  const start = lines.findIndex((line) => START.exec(line)?.[1] === region);
  if (start < 0) return undefined;
  let depth = 1;
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index] as string;
    if (START.test(line)) depth++;
    if (END.test(line) && --depth === 0) return tidy(lines.slice(start + 1, index));
  }
  return undefined;
}

function tidy(lines: readonly string[]): string {
  const kept = lines.filter((line) => !START.test(line) && !END.test(line));
  const indents = kept.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return kept
    .map((line) => line.slice(indent))
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}
