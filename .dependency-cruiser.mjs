const tests = '\\.test(-d)?\\.ts$';
const core = '^packages/core/src/';
const testing = '^packages/testing/src/';
const redis = '^packages/redis/src/';
const pino = '^packages/listeners-pino/src/';
const coreFile = (...names) => names.map((name) => `${core}${name.replaceAll('.', '\\.')}`);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules that import each other cannot be understood or loaded one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-stands-alone',
      comment: 'Core runs everywhere: no Node built-in, no dependency, nothing of a test.',
      severity: 'error',
      from: { path: core, pathNot: tests },
      to: { pathNot: core },
    },
    {
      name: 'testing-stands-on-core',
      comment:
        'The testing kit knows core by its public name, and works with every test runner: it imports none, nor Node.',
      severity: 'error',
      from: { path: testing, pathNot: tests },
      to: { pathNot: [testing, '^packages/core/(dist|package\\.json)', '^@breaker/core$'] },
    },
    {
      name: 'redis-connections-know-nothing-of-records',
      severity: 'error',
      from: { path: `${redis}connection/`, pathNot: tests },
      to: {
        path: redis,
        pathNot: [`${redis}connection/`, `${redis}(setback|deadline|deferred|redis-storage-error)\\.ts$`],
      },
    },
    {
      name: 'redis-knows-core-by-type',
      comment: 'Two copies of core in one process must not matter to a storage.',
      severity: 'error',
      from: { path: redis, pathNot: tests },
      to: { path: ['^packages/core/', '^@breaker/core$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pino-knows-core-and-pino-by-type',
      comment:
        'Two copies of either in one process must not matter to a listener. It is given a logger, and makes none.',
      severity: 'error',
      from: { path: pino, pathNot: tests },
      to: { pathNot: pino, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'chaos-history-stands-alone',
      comment: 'The checker judges what was written down, whoever did it.',
      severity: 'error',
      from: { path: '^packages/chaos/src/history/', pathNot: tests },
      to: { path: '^packages/chaos/src/(fleet|member|run|servers)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'chaos-members-know-no-harness',
      comment: 'A member is a process like any application: it has only its settings, and orders.',
      severity: 'error',
      from: { path: '^packages/chaos/src/member/', pathNot: tests },
      to: { path: '^packages/chaos/src/(fleet|run|servers)/' },
    },
    {
      name: 'no-tests-in-sources',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: tests },
      to: { path: [tests, '^packages/[^/]+/test/'] },
    },
    {
      name: 'circuit-is-pure',
      comment: 'The rules know nothing of what surrounds them, but for the shape of a trip policy.',
      severity: 'error',
      from: { path: coreFile('circuit/'), pathNot: tests },
      to: { pathNot: coreFile('circuit/', 'policy/trip-policy.ts$') },
    },
    {
      name: 'circuit-knows-policies-by-type',
      severity: 'error',
      from: { path: coreFile('circuit/'), pathNot: tests },
      to: { path: coreFile('policy/trip-policy.ts$'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'policy-is-pure',
      severity: 'error',
      from: { path: coreFile('policy/'), pathNot: tests },
      to: { pathNot: coreFile('policy/', 'check.ts$') },
    },
    {
      name: 'errors-stand-alone',
      severity: 'error',
      from: { path: coreFile('errors/'), pathNot: tests },
      to: { pathNot: coreFile('errors/') },
    },
    {
      name: 'listener-is-below-the-breaker',
      severity: 'error',
      from: { path: coreFile('listener/'), pathNot: tests },
      to: { path: coreFile('guard/', 'fleet/', 'shell.ts$', 'admit.ts$', 'settle.ts$', 'registry.ts$') },
    },
    {
      name: 'storage-stands-alone',
      comment: 'A storage knows nothing of circuits: it checks its options and reads its clock.',
      severity: 'error',
      from: { path: coreFile('storage/'), pathNot: tests },
      to: { pathNot: coreFile('storage/', 'check.ts$', 'clock.ts$', 'errors/') },
    },
    {
      name: 'storage-knows-errors-by-type',
      severity: 'error',
      from: { path: coreFile('storage/'), pathNot: tests },
      to: { path: coreFile('errors/'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'fleet-is-below-the-shell',
      comment: 'What the fleet needs of the breaker is in fleet-host.ts.',
      severity: 'error',
      from: { path: coreFile('fleet/'), pathNot: tests },
      to: {
        path: coreFile(
          'guard/',
          'shell.ts$',
          'admit.ts$',
          'settle.ts$',
          'own-admission.ts$',
          'fleet-admission.ts$',
          'membership.ts$',
          'registry.ts$',
          'circuit-breaker.ts$',
        ),
      },
    },
    {
      name: 'fleet-tells-nobody',
      comment: 'It may name what listeners are told; telling them is the business of the shell.',
      severity: 'error',
      from: { path: coreFile('fleet/'), pathNot: tests },
      to: { path: coreFile('listener/'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'fleet-changes-are-pure',
      comment: 'They run inside a storage, perhaps twice: no view, no clock, nothing that is under way.',
      severity: 'error',
      from: { path: coreFile('fleet/change/'), pathNot: tests },
      to: {
        path: core,
        pathNot: coreFile('fleet/change/', 'fleet/record.ts$', 'fleet/read-record.ts$', 'fleet/votes.ts$', 'circuit/'),
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'breaker-is-the-top',
      comment: 'Everything else may know the breaker by its type only.',
      severity: 'error',
      from: { path: core, pathNot: [tests, ...coreFile('index.ts$', 'registry.ts$')] },
      to: { path: coreFile('circuit-breaker.ts$'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'guard-is-below-the-registry',
      severity: 'error',
      from: { path: coreFile('guard/'), pathNot: tests },
      to: { path: coreFile('registry.ts$'), dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
  },
};
