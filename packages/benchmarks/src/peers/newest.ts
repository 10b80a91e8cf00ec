/**
 * The newer of two versions of a package that runs on this Node.
 *
 * What an older Node does is not guessed from `engines`, which say what is supported: those peers whose newest version asks for
 * Node 22 have it of the running process's major version.
 */
export function newest<Module>(newer: () => Promise<Module>, older: () => Promise<Module>): Promise<Module> {
  return supportsNewer ? newer() : older();
}

/** Whether this Node is one that the newest opossum (10) and cockatiel (4) ask for. */
export const supportsNewer = Number(process.versions.node.split('.')[0]) >= 22;
