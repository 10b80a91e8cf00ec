import type { CircuitStorage, RecordChange } from '@breaker/core';
import type { Redis } from 'ioredis';
import { clientOf } from '../../src/member/address.js';
import type { MemberSettings } from '../../src/member/member-settings.js';
import { runMember } from '../../src/member/run-member.js';

const PAUSE_MS = 20;

// A member whose storage writes what it made of a record without a look at whether another one has written meanwhile.
await runMember(JSON.parse(process.argv[2] ?? ''), { below: unguarded });

function unguarded({ address, namespace }: MemberSettings, storage: CircuitStorage): CircuitStorage {
  const client = clientOf(address) as Redis;
  const update = async (name: string, change: RecordChange) => {
    const key = `breaker:{${namespace}}:${name}`;
    const text = await client.get(key);
    const [seconds, micros] = await client.time();
    const now = Number(seconds) * 1_000 + Number(micros) / 1_000;
    const record: unknown = text === null ? undefined : JSON.parse(text);
    const after = change(record, now);
    if (after === undefined) return { record, now };
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const written = JSON.stringify(after);
    await client.multi().set(key, written).publish(`${key}@0`, written).exec();
    return { record: JSON.parse(written) as unknown, now };
  };
  return {
    read: (name) => storage.read(name),
    update,
    subscribe: (name, onPush) => storage.subscribe?.(name, onPush) ?? (() => undefined),
  };
}
