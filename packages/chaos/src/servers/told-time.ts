/** The reply to TIME: seconds, and the microseconds of the present one. */
const TIME = /\*2\r\n\$10\r\n(\d{10})\r\n(\$\d\r\n\d{1,6}\r\n)/g;
const MS = 1_000;

/** Makes a server's replies tell another time: by so many milliseconds, of which only whole seconds count. */
export function withTimeStepped(replies: string, ms: number): string {
  const seconds = Math.round(ms / MS);
  return replies.replace(TIME, (_, time: string, rest: string) => `*2\r\n$10\r\n${Number(time) + seconds}\r\n${rest}`);
}
