/** The repository that a release is made from. */
export interface Repository {
  /** Where people see it, without a slash at the end. */
  readonly address: string;
  /** The commit that is released. */
  readonly commit: string;
}

/**
 * Reads where this run belongs from what GitHub Actions tells every run: so the packages name the repository that built them, as
 * their provenance does, and none is written down that may move.
 *
 * @throws Error outside of GitHub Actions
 */
export function repositoryOf(environment: Readonly<Record<string, string | undefined>>): Repository {
  const [server, name, commit] = ['GITHUB_SERVER_URL', 'GITHUB_REPOSITORY', 'GITHUB_SHA'].map((variable) => {
    const value = environment[variable];
    if (!value) throw new Error(`${variable} is not set: packages are released by GitHub Actions only`);
    return value;
  });
  return { address: `${server}/${name}`, commit: commit as string };
}
