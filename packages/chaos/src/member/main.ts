import { runMember } from './run-member.js';

await runMember(JSON.parse(process.argv[2] ?? ''));
