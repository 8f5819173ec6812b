import type { Actor, Clock } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import type { User } from '../users/index.ts';
import { pause, resume, type Campaign } from './campaign.ts';

interface EffectPorts {
  readonly clock: Clock;
}

/** A suspended client's running campaigns pause (ACC-5). */
export const pauseForSuspension =
  ({ clock }: EffectPorts) =>
  async (tx: Tx, client: User, actor: Actor): Promise<void> => {
    for (const campaign of await tx.campaigns.lockOpenOf(client.id)) {
      if (campaign.status !== 'active') continue;
      const after = pause(campaign, 'suspension', null);
      await change(tx, { actor, at: clock.now(), campaign, after });
    }
  };

/** Lifts the pauses that the suspension made, and no other (ACC-5). */
export const resumeAfterSuspension =
  ({ clock }: EffectPorts) =>
  async (tx: Tx, client: User, actor: Actor): Promise<void> => {
    for (const campaign of await tx.campaigns.lockOpenOf(client.id)) {
      if (campaign.status !== 'paused' || campaign.pausedBy !== 'suspension') continue;
      await change(tx, { actor, at: clock.now(), campaign, after: resume(campaign, 'suspension') });
    }
  };

const change = async (
  tx: Tx,
  made: {
    readonly actor: Actor;
    readonly at: Date;
    readonly campaign: Campaign;
    readonly after: Campaign;
  },
): Promise<void> => {
  await tx.campaigns.save(made.after);
  await tx.audit.append({
    actor: made.actor,
    action: `campaign.${made.after.status === 'paused' ? 'pause' : 'resume'}`,
    subject: 'campaign',
    subjectId: made.campaign.id,
    before: { status: made.campaign.status },
    after: { status: made.after.status, because: 'suspension' },
    at: made.at,
  });
};
