import { posix } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { namesIn, repository } from './repository.js';

const SOURCES = 'packages/core/src';

/** The lines of the picture, from the top: the rooms on each. */
function floors(): string[][] {
  const page = repository.read('docs/architecture.md').replace(/^.*## Who may import whom\n/s, '');
  const picture = page.slice(0, page.search(/^\S/m));
  const lines = picture.split('\n').map((line) => line.split(/\s+/).filter((word) => word !== '' && word !== '↓'));
  return lines.filter((rooms) => rooms.length > 0);
}

/** A folder, or a file that stands outside of them, as the picture writes it. */
function roomOf(path: string): string {
  const [first = '', ...rest] = path.slice(SOURCES.length + 1).split('/');
  return rest.length > 0 ? `${first}/` : first.replace(/\.ts$/, '');
}

/** What a file imports for more than its types. */
function importsOf(path: string): string[] {
  const { outputText } = ts.transpileModule(repository.read(path), {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  });
  const imports = ts.preProcessFile(outputText).importedFiles.map(({ fileName }) => fileName);
  return imports.map((file) => posix.join(posix.dirname(path), file).replace(/\.js$/, '.ts'));
}

const files = namesIn(SOURCES, { recursive: true })
  .filter((name) => name.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(name) && name !== 'index.ts')
  .map((name) => `${SOURCES}/${name}`);

it('the picture of the architecture has every room, once', () => {
  expect(floors().flat().sort()).toEqual([...new Set(files.map(roomOf))].sort());
});

it('the picture of the architecture says who imports whom', () => {
  const floorOf = (path: string) => floors().findIndex((rooms) => rooms.includes(roomOf(path)));
  const upwards = files.flatMap((file) =>
    importsOf(file)
      .filter((imported) => floorOf(imported) < floorOf(file))
      .map((imported) => `${file} imports ${imported}, which stands above it`),
  );
  expect(upwards).toEqual([]);
});
