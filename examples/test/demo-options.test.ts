import { describe, it } from 'vitest';
import { readUntil, run, start } from './run.js';

const DEMO = 'demo/main.ts';

describe.concurrent('the command line of the demo', () => {
  it('explains itself', async ({ expect }) => {
    const { code, stdout } = await run(DEMO, { options: ['--help'] });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: pnpm demo \[--alone\] \[--fast\] \[--help\]/);
  });

  it('refuses an option that it does not know', async ({ expect }) => {
    const { code, stdout, stderr } = await run(DEMO, { options: ['--alone', '--fats'] });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Unknown option: --fats\n\nUsage: /);
  });
});

describe.concurrent('where there is no Redis, the demo says so and is that of one process', () => {
  it.for([
    {
      where: 'at REDIS_URL',
      env: { REDIS_URL: 'redis://someone:secret@127.0.0.1:1' },
      message: /^No Redis answers at REDIS_URL \(.*ECONNREFUSED 127\.0\.0\.1:1\)\.\n.*unset REDIS_URL/m,
    },
    {
      where: 'at a REDIS_URL that is none',
      env: { REDIS_URL: 'secret' },
      message: /^No Redis answers at REDIS_URL \(.*Invalid URL\)\.$/m,
    },
    {
      where: 'on the machine, and none can be fetched',
      env: { REDIS_URL: undefined, PATH: '', XDG_CACHE_HOME: '/dev/null' },
      message: /^No Redis server was found\.\nInstall one \(.*\), or set REDIS_URL\.$/m,
    },
  ])('$where', async ({ env, message }, { expect }) => {
    const demo = start(DEMO, { env });
    const stdout = await readUntil(demo, /server healthy/);
    demo.kill();
    expect(stdout).toMatch(message);
    expect(stdout).not.toContain('secret');
    expect(stdout).toMatch(/the demo of one process instead:\n\nOf each pair, .* servers http/s);
  });
});
