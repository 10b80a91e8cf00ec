// Makes the manifests and READMEs ready to be published: run by the release, on a checkout that is thrown away.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages } from './published-packages.js';
import { repositoryOf } from './repository.js';
import { ROOT } from './root.js';
import { withAbsoluteLinks } from './with-absolute-links.js';
import { withRepository } from './with-repository.js';

const repository = repositoryOf(process.env);

for (const published of publishedPackages()) {
  const [manifest, readme] = ['package.json', 'README.md'].map((name) => join(ROOT, published.folder, name)) as [
    string,
    string,
  ];
  writeFileSync(manifest, `${JSON.stringify(withRepository(published, repository), null, 2)}\n`);
  writeFileSync(readme, withAbsoluteLinks(readFileSync(readme, 'utf8'), published.folder, repository));
}
