import type { CircuitRecord, CircuitStorage, RecordChange } from '@breaker/core';
import { leasesOf, type StoredCircuit } from '../../src/history/stored-circuit.js';
import { runMember } from '../../src/member/run-member.js';

// A member that takes a trial's place though none is free: it overlooks those that others hold.
await runMember(JSON.parse(process.argv[2] ?? ''), { above: greedy });

function greedy(storage: CircuitStorage): CircuitStorage {
  return {
    read: (name) => storage.read(name),
    update: (name, change) => storage.update(name, takingMore(change)),
    subscribe: (name, onPush) => storage.subscribe?.(name, (record) => onPush(overlook(record))) ?? (() => undefined),
  };
}

function takingMore(change: RecordChange): RecordChange {
  return (record, now) => {
    const after = change(record, now);
    const leases = leasesOf(record as StoredCircuit | undefined);
    if (after !== undefined || leases.length === 0) return after;
    const taken = change(overlook(record), now) as StoredCircuit | undefined;
    if (taken?.state !== 'half-open') return undefined;
    return { ...taken, leases: [...leases, ...taken.leases] } as unknown as CircuitRecord;
  };
}

function overlook(record: unknown): unknown {
  const circuit = record as StoredCircuit | undefined;
  return circuit?.state === 'half-open' ? { ...circuit, leases: [] } : record;
}
