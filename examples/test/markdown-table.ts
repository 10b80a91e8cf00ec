/** The rows of every table of a document whose first heading is given: cells without their backticks. */
export function tableRows(markdown: string, heading: string): string[][] {
  const rows: string[][] = [];
  let isInside = false;
  for (const line of markdown.split(/\r?\n/)) {
    const cells = cellsOf(line);
    if (cells === undefined) isInside = false;
    else if (isInside) rows.push(cells);
    else isInside = cells[0] === heading;
  }
  return rows.filter(([first = '']) => !/^-+$/.test(first));
}

function cellsOf(line: string): string[] | undefined {
  if (!line.startsWith('|')) return undefined;
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.replaceAll('`', '').trim());
}
