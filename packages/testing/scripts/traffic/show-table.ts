/** Begins a table, as Markdown; its rows follow as they come. */
export function showTable(title: string, heads: readonly string[]): void {
  console.log(`\n${title}\n`);
  showRow(heads);
  showRow(heads.map(() => '---'));
}

export function showRow(cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}
