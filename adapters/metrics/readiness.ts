import { Gauge, type Registry } from 'prom-client';

/** What `/readyz` says, as figures. */
export interface ReadinessState {
  readonly ready: boolean;
  /** The checks that can fail, by name. */
  readonly checks: Readonly<Record<string, boolean>>;
  /** Of the disk with the data directory; null: not known. */
  readonly diskFreePercent: number | null;
}

/** Gauges of readiness: an alarm needs nothing that asks `/readyz` for it. */
export const readinessGauges = (
  registry: Registry,
): ((now: ReadinessState | undefined) => void) => {
  const registers = [registry];
  const ready = new Gauge({
    name: 'upah_ready',
    help: 'Whether the bot does its work, as /readyz says: 1 or 0.',
    registers,
  });
  const check = new Gauge({
    name: 'upah_ready_check',
    help: 'Whether this check of /readyz is well: 1 or 0.',
    labelNames: ['check'],
    registers,
  });
  const disk = new Gauge({
    name: 'upah_disk_free_percent',
    help: 'How much of the disk with the data directory is free.',
    registers,
  });
  return (now) => {
    check.reset();
    disk.remove();
    if (!now) return ready.remove();
    ready.set(Number(now.ready));
    for (const [name, ok] of Object.entries(now.checks)) check.set({ check: name }, Number(ok));
    if (now.diskFreePercent !== null) disk.set(now.diskFreePercent);
  };
};
