import { finds, type Sound, TEST } from './broken-storage.js';

type OnPush = Parameters<Sound['subscribe']>[1];

finds('never pushes, though it has subscribe', () => ({ subscribe: () => () => {} }), [
  TEST.toldToRead,
  TEST.pushes,
  TEST.noPush,
]);

finds(
  'tells nobody of what is written',
  (sound) => ({
    subscribe: (name, onPush) => sound.subscribe(name, (...pushed) => pushed.length === 0 && onPush()),
  }),
  [TEST.pushes, TEST.noPush],
);

finds(
  'tells nobody to read first',
  (sound) => ({
    subscribe: (name, onPush) => sound.subscribe(name, (...pushed) => pushed.length > 0 && onPush(...pushed)),
  }),
  [TEST.toldToRead, TEST.pushes, TEST.noPush],
);

finds(
  'tells only the first subscription of a name to read',
  (sound) => {
    const names = new Set<string>();
    return {
      subscribe: (name, onPush) => {
        const isFirst = !names.has(name);
        names.add(name);
        return sound.subscribe(name, (...pushed) => (isFirst || pushed.length > 0) && onPush(...pushed));
      },
    };
  },
  [TEST.toldToRead, TEST.pushes],
);

finds(
  'calls back from within subscribe',
  (sound) => ({
    subscribe: (name, onPush) => {
      onPush();
      return sound.subscribe(name, onPush);
    },
  }),
  [TEST.toldToRead, TEST.pushes],
);

finds(
  'goes on after a subscription has ended',
  (sound) => ({
    subscribe: (name, onPush) => {
      sound.subscribe(name, onPush);
      return () => {};
    },
  }),
  [TEST.pushes],
);

finds(
  'ends another subscription with one that is ended twice',
  (sound) => {
    const subscribers: { readonly name: string; readonly end: () => void }[] = [];
    return {
      subscribe: (name, onPush) => {
        subscribers.push({ name, end: sound.subscribe(name, onPush) });
        return () => {
          const index = subscribers.findIndex((subscriber) => subscriber.name === name);
          if (index >= 0) subscribers.splice(index, 1)[0]?.end();
        };
      },
    };
  },
  [TEST.pushes],
);

finds(
  'breaks where a subscription is ended twice',
  (sound) => ({
    subscribe: (name, onPush) => {
      let isEnded = false;
      const unsubscribe = sound.subscribe(name, onPush);
      return () => {
        if (isEnded) throw new Error('ended already');
        isEnded = true;
        unsubscribe();
      };
    },
  }),
  [TEST.pushes],
);

/** Pushes by itself, right after an update. */
const pushing = (push: (subscribers: Map<OnPush, string>, name: string, record: unknown) => void) => (sound: Sound) => {
  const subscribers = new Map<OnPush, string>();
  return {
    subscribe: (name: string, onPush: OnPush) => {
      const subscriber: OnPush = (...pushed) => onPush(...pushed);
      subscribers.set(subscriber, name);
      queueMicrotask(() => subscribers.has(subscriber) && subscriber());
      return () => void subscribers.delete(subscriber);
    },
    update: (async (name, change) => {
      let isWritten = false;
      const stored = await sound.update(name, (record, now) => {
        const changed = change(record, now);
        isWritten = changed !== undefined;
        return changed;
      });
      if (isWritten) push(subscribers, name, stored.record);
      return sound.read(name);
    }) satisfies Sound['update'],
  };
};

finds(
  'pushes to those of other names',
  pushing((subscribers, _, record) => {
    for (const subscriber of subscribers.keys()) subscriber(structuredClone(record));
  }),
  [TEST.pushes],
);

finds(
  'pushes one object to all',
  pushing((subscribers, name, record) => {
    for (const [subscriber, of] of subscribers) if (of === name) subscriber(record);
  }),
  [TEST.pushes],
);

finds(
  'pushes something else',
  pushing((subscribers, name, record) => {
    for (const [subscriber, of] of subscribers) if (of === name) subscriber({ record: structuredClone(record) });
  }),
  [TEST.pushes, TEST.noPush],
);
