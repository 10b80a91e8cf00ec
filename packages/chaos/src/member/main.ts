import { runMember } from './run-member.js';

void runMember(JSON.parse(process.argv[2] ?? ''));
