import { Gauge, type Registry } from 'prom-client';

/** What waits, as a look at the database shows it. */
export interface Backlog {
  readonly inbox: {
    readonly waiting: number;
    readonly oldestSeconds: number;
    readonly parked: number;
  };
  readonly outbox: {
    readonly waiting: number;
    readonly oldestDueSeconds: number;
    readonly failed: number;
    readonly struggling: number;
  };
}

const FIGURES: Readonly<Record<string, readonly [help: string, of: (now: Backlog) => number]>> = {
  upah_inbox_waiting: ['Updates that wait to be handled.', ({ inbox }) => inbox.waiting],
  upah_inbox_oldest_seconds: [
    'Age of the oldest update that waits; 0 where none does.',
    ({ inbox }) => inbox.oldestSeconds,
  ],
  upah_inbox_parked: ['Updates given up; they need a person.', ({ inbox }) => inbox.parked],
  upah_outbox_waiting: ['Messages that wait to be sent.', ({ outbox }) => outbox.waiting],
  upah_outbox_oldest_due_seconds: [
    'How long the oldest message has been due; 0 where none is.',
    ({ outbox }) => outbox.oldestDueSeconds,
  ],
  upah_outbox_failed: [
    'Messages that Telegram will never take; they need a person.',
    ({ outbox }) => outbox.failed,
  ],
  upah_outbox_struggling: [
    'Messages that wait and were tried ten times or more.',
    ({ outbox }) => outbox.struggling,
  ],
};

/** Gauges of the backlog. Where it cannot be read they are absent: an old figure would be a lie. */
export const backlogGauges = (registry: Registry): ((now: Backlog | undefined) => void) => {
  const registers = [registry];
  const up = new Gauge({
    name: 'upah_database_up',
    help: 'Whether the database answered this scrape: 1 or 0.',
    registers,
  });
  const gauges = Object.entries(FIGURES).map(([name, [help, of]]) => ({
    gauge: new Gauge({ name, help, registers }),
    of,
  }));
  return (now) => {
    up.set(now ? 1 : 0);
    for (const { gauge, of } of gauges) {
      if (now) gauge.set(of(now));
      else gauge.remove();
    }
  };
};
