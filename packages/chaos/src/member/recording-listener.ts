import type { CircuitListener } from '@breaker/core';
import type { HistoryFile } from '../history/history-file.js';
import type { News } from './order.js';

/** Writes down what a breaker tells, and passes the news of it on. */
export function recordingListener(
  history: HistoryFile,
  tell: (type: News['type'] & ('changed' | 'trial' | 'degraded' | 'recovered')) => void,
): CircuitListener {
  return {
    onStateChange({ from, to, scope, origin, reason, epoch }) {
      history.write({ type: 'told', from, to, scope, origin, reason, epoch });
      tell('changed');
    },
    onBeforeCall({ trial }) {
      if (trial) tell('trial');
    },
    onStorageDegraded({ error }) {
      history.write({ type: 'degraded', error: String(error) });
      tell('degraded');
    },
    onStorageRecovered() {
      history.write({ type: 'recovered' });
      tell('recovered');
    },
    onListenerError({ error, source }) {
      history.write({ type: 'surprised', where: source, error: String(error) });
    },
  };
}
