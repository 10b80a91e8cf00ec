// A SQL client: a rule of the data that is broken is an answer of the database, a lost connection is not.

import { CircuitBreaker } from '@breaker/core';
import { DatabaseError, Pool } from 'pg';
import { startDatabase } from '../support/database.js';

const database = await startDatabase(); // stands in for PostgreSQL: no two users may have the same name

const limits = { connectionTimeoutMillis: 1_000, statement_timeout: 2_000 }; // it takes no signal: the server stops a query
const pool = new Pool({ host: '127.0.0.1', port: database.port, user: 'shop', ...limits });
pool.on('error', () => {}); // of idle connections: the next call will see it, too

const isOf = (...classes: string[]) => {
  return (error: unknown) => error instanceof DatabaseError && classes.includes(error.code?.slice(0, 2) ?? '');
};

const breaker = new CircuitBreaker('users-database', {
  failureThreshold: 3,
  timeoutMs: 3_000, // a server that is gone without a word stops nothing
  exclude: [isOf('22', '23', '42')], // bad data, broken constraints, wrong SQL: it works, and says no
  ignore: [isOf('40')], // deadlocks and the like: another attempt may do
  throwNewErrorOnTrip: false,
});

function addUser(name: string): Promise<unknown> {
  return breaker.execute(() => pool.query('INSERT INTO users VALUES ($1)', [name])); // a transaction: all of it as one call
}

async function attempt(name: string): Promise<void> {
  const outcome = await addUser(name).catch((error: Error) => error);
  console.log(`${name}: ${outcome instanceof Error ? outcome.message : 'added'} (${breaker.state})`);
}

for (const name of ['Ada', 'Ada', 'Ada', 'Ada', 'Ben']) await attempt(name);
database.stop();
for (const name of ['Cleo', 'Cleo', 'Cleo', 'Cleo']) await attempt(name);
await pool.end();
