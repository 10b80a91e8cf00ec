import type { Manifest, PublishedPackage } from './published-packages.js';
import type { Repository } from './repository.js';

/** A manifest that says where its package comes from. */
export function withRepository({ folder, manifest }: PublishedPackage, { address }: Repository): Manifest {
  return {
    ...manifest,
    repository: { type: 'git', url: `git+${address}.git`, directory: folder },
    homepage: `${address}/tree/main/${folder}#readme`,
    bugs: { url: `${address}/issues` },
  };
}
