import { parseArgs } from 'node:util';
import { PARTS, type Part, USUAL } from './parts.js';

/** What is asked for. */
export interface Request {
  readonly parts: readonly Part[];
  readonly isQuick: boolean;
  /** Where the figures go besides, as JSON. */
  readonly file: string | undefined;
  readonly help: boolean;
}

const names = Object.keys(PARTS) as Part[];
const lines = names.map((name) => `  ${name.padEnd(14)}${PARTS[name].about}`);

export const USAGE = `Usage: pnpm costs [PART ...] [--quick] [--json FILE]

Measures what sharing a circuit through Redis costs, on the server at REDIS_URL, or else on one of its own; best on one that
nobody else uses meanwhile. Without parts: ${USUAL.join(', ')}.

${lines.join('\n')}

  --quick       a few seconds, to see that it works: what depends on the machine means nothing then
  --json FILE   writes the figures to a file, too
  --help        this`;

const OPTIONS = {
  quick: { type: 'boolean', default: false },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Gives the request, or what is wrong with the arguments. */
export function readArguments(args: readonly string[]): Request | string {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const parts = positionals.map(part);
    return {
      parts: parts.length === 0 ? USUAL : names.filter((name) => parts.includes(name)),
      isQuick: values.quick,
      file: values.json,
      help: values.help,
    };
  } catch (error) {
    return (error as Error).message;
  }
}

function part(name: string): Part {
  if (Object.hasOwn(PARTS, name)) return name as Part;
  throw new RangeError(`A part must be one of ${names.join(', ')}, but is ${name}`);
}
