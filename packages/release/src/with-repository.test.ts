import { expect, it } from 'vitest';
import { repositoryOf } from './repository.js';
import { withRepository } from './with-repository.js';

const environment = {
  GITHUB_SERVER_URL: 'https://example.test',
  GITHUB_REPOSITORY: 'group/project',
  GITHUB_SHA: 'abc123',
};

it('names the repository that the release runs in', () => {
  const manifest = { name: '@breaker/core', version: '1.2.3', files: ['dist'] };
  expect(withRepository({ folder: 'packages/core', manifest }, repositoryOf(environment))).toEqual({
    ...manifest,
    repository: { type: 'git', url: 'git+https://example.test/group/project.git', directory: 'packages/core' },
    homepage: 'https://example.test/group/project/tree/main/packages/core#readme',
    bugs: { url: 'https://example.test/group/project/issues' },
  });
});

it.each(Object.keys(environment))('refuses to run where %s is not known', (variable) => {
  expect(() => repositoryOf({ ...environment, [variable]: '' })).toThrow(`${variable} is not set`);
});
