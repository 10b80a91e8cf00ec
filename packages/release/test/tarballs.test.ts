import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { publishedPackages, readManifest } from '../src/published-packages.js';
import { ROOT } from '../src/root.js';

const packages = publishedPackages();

it('are those of the packages that are not private', () => {
  expect(packages.map(({ manifest }) => manifest.name)).toEqual(expect.arrayContaining(['@breaker/core']));
  expect(packages.every(({ manifest }) => manifest.name.startsWith('@breaker/'))).toBe(true);
});

describe.each(packages)('$manifest.name', ({ manifest: { name } }) => {
  const folder = () => join(inject('project'), 'node_modules', name);
  const files = () =>
    readdirSync(folder(), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder().length + 1)
          .replaceAll('\\', '/'),
      );
  const manifest = () => readManifest(folder());

  it('holds what is built, what it is, how it is used and by what right, and nothing else', () => {
    const built = /^dist\/[\w-]+\.(js|cjs|d\.ts|d\.cts|js\.map|cjs\.map)$/;
    expect(
      files()
        .filter((file) => !built.test(file))
        .sort(),
    ).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(readFileSync(join(folder(), 'LICENSE'), 'utf8')).toMatch(/^MIT License\n/);
  });

  it('has every file that its exports name', () => {
    const named = filesIn(manifest().exports);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((file) => !existsSync(join(folder(), file)))).toEqual([]);
  });

  it('depends on nothing but peers, by ranges that npm understands', () => {
    expect(manifest().dependencies ?? {}).toEqual({});
    const peers = Object.values((manifest().peerDependencies ?? {}) as Record<string, string>);
    expect(peers.filter((range) => !/^[\d.x<>=^ ]+$/.test(range))).toEqual([]);
  });

  it('is published for all, with its provenance', () => {
    expect(manifest()).toMatchObject({
      license: 'MIT',
      sideEffects: false,
      engines: { node: '>=20' },
      publishConfig: { access: 'public', provenance: true },
    });
    expect(manifest().description).toMatch(/\w/);
    expect(manifest().keywords).toContain('circuit-breaker');
  });

  it('says nothing of the machine that it was built on', () => {
    for (const file of files()) expect(readFileSync(join(folder(), file), 'utf8')).not.toContain(ROOT);
  });
});

/** The files at the ends of `exports`. */
function filesIn(exports: unknown): string[] {
  return typeof exports === 'string' ? [exports] : Object.values(exports as object).flatMap(filesIn);
}

it('share one version', () => {
  expect(new Set(packages.map(({ manifest }) => manifest.version)).size).toBe(1);
});
