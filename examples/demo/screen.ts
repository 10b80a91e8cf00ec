/** A screen of its own, drawn over from the top, each line to its end, so that nothing flickers. */
export interface Screen {
  draw(lines: readonly string[]): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

/** Whether there is a terminal to draw on. */
export function hasScreen(): boolean {
  return process.stdout.isTTY && process.env.TERM !== 'dumb';
}

export function openScreen(): Screen {
  const { stdout } = process;
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    process.off('exit', close);
    stdout.write('\x1b[?7h\x1b[?25h\x1b[?1049l');
  };
  process.on('exit', close);
  stdout.write('\x1b[?1049h\x1b[?25l\x1b[?7l');
  return {
    draw: (lines) => stdout.write(`\x1b[H${lines.slice(0, stdout.rows).join('\x1b[K\r\n')}\x1b[J`),
    close,
  };
}
