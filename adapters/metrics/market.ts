import { Gauge, type Registry } from 'prom-client';

/** What the marketplace is at, for whoever watches it (OPS-2). */
export interface MarketState {
  /** By the desk's name. */
  readonly desks: Readonly<
    Record<string, { readonly waiting: number; readonly oldestSeconds: number }>
  >;
  /** Acted within the last 7 days. */
  readonly activeUsers: number;
  readonly users: number;
  readonly runningCampaigns: number;
  /** Recipients of the broadcast that has not ended, by what came of them; null: there is none. */
  readonly broadcast: Readonly<Record<string, number>> | null;
}

/** Gauges of the marketplace. Where it cannot be read they are absent, as those of the backlog. */
export const marketGauges = (registry: Registry): ((now: MarketState | undefined) => void) => {
  const waiting = gauge(registry, 'upah_desk_waiting', {
    help: 'What waits on this desk: proofs, deposits or withdrawals.',
    labelNames: ['desk'],
  });
  const oldest = gauge(registry, 'upah_desk_oldest_seconds', {
    help: 'Age of the oldest that waits on this desk; 0 where none does.',
    labelNames: ['desk'],
  });
  const active = gauge(registry, 'upah_users_active', {
    help: 'People who did something in the last 7 days.',
  });
  const users = gauge(registry, 'upah_users', { help: 'People who ever wrote to the bot.' });
  const campaigns = gauge(registry, 'upah_campaigns_running', { help: 'Campaigns that run.' });
  const broadcast = gauge(registry, 'upah_broadcast_recipients', {
    help: 'Recipients of the broadcast under way, by what came of them; absent without one.',
    labelNames: ['state'],
  });
  return (now) => {
    for (const labelled of [waiting, oldest, broadcast]) labelled.reset();
    if (!now) return [active, users, campaigns].forEach((one) => one.remove());
    active.set(now.activeUsers);
    users.set(now.users);
    campaigns.set(now.runningCampaigns);
    for (const [desk, queue] of Object.entries(now.desks)) {
      waiting.set({ desk }, queue.waiting);
      oldest.set({ desk }, queue.oldestSeconds);
    }
    for (const [state, people] of Object.entries(now.broadcast ?? {})) {
      broadcast.set({ state }, people);
    }
  };
};

const gauge = (
  registry: Registry,
  name: string,
  about: { readonly help: string; readonly labelNames?: string[] },
): Gauge => new Gauge({ name, ...about, registers: [registry] });
