import { asOperator, rupiah, type Core, type Settings } from '../../core/index.ts';
import { money, textsIn } from '../../adapters/telegram/index.ts';
import type { Language, Tour } from '../../adapters/sandbox/index.ts';
import { castTour, type Cast } from './tour-cast.ts';
import { scenesOf } from './tour-scenes.ts';
import { captionsIn, type Facts } from './tour-words.ts';

interface TourPorts {
  readonly core: Pick<Core, 'users'>;
  /** As they are now. */
  readonly settings: () => Promise<Settings>;
}

/**
 * Upah's story for the sandbox: a reward from the top-up to its payout, with a new client, worker
 * and admin at every call. The admin has been granted by the operator when this resolves. Throws where the
 * settings do not allow the story.
 */
export const createTour =
  ({ core, settings }: TourPorts) =>
  async (language: Language): Promise<Tour> => {
    const rules = await settings();
    const cast = castTour(language, rules);
    await core.users.applyConfiguredAdmins({
      actor: asOperator('sandbox tour'),
      telegramIds: [cast.admin.seed.id],
    });
    const captions = captionsIn(language)(factsOf(cast));
    return {
      title: captions.title,
      ...(rules.actionsPerSecond > 0 && {
        haste: { perSecond: rules.actionsPerSecond, burst: rules.actionsBurst },
      }),
      people: (['client', 'worker', 'admin'] as const).map((key) => ({
        key,
        seed: cast[key].seed,
      })),
      steps: scenesOf(cast, {
        language,
        texts: textsIn(language),
        captions,
        lookMs: rules.decisionPauseMs,
      }).flatMap(({ caption, person, steps }) =>
        steps.map((step) => ({ caption, person, ...step })),
      ),
    };
  };

const factsOf = ({ client, worker, admin, topUp, price, cost, target }: Cast): Facts => {
  const total = cost * BigInt(target);
  return {
    client: client.firstName,
    worker: worker.firstName,
    admin: admin.firstName,
    target,
    topUp: money(topUp),
    price: money(price),
    total: money(total),
    refund: money(rupiah(total - cost)),
    left: money(rupiah(topUp - cost)),
  };
};
