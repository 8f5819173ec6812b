import {
  rupiah,
  TASK_KINDS,
  type Campaign,
  type CampaignOrder,
  type CampaignWithProgress,
  type Rupiah,
  type UseCases,
} from '../../core/index.ts';
import { happened, once } from './network.ts';
import { actorOf, type Person } from './people.ts';
import type { Town } from './town.ts';
import { ask, enter, forbidden, given, keepFile, minutes, switchRole } from './visits.ts';
import { cashOut } from './withdrawing.ts';

const FIRST_PAGE = { page: 0, size: 10 };
/** Who has so many running orders no more. */
const OPEN_AT_ONCE = 3;

/** A client looks in: tops up, orders campaigns, looks after those that run. */
export const clientVisit = async (town: Town, client: Person): Promise<void> => {
  if (!(await enter(town, client))) return;
  const { dice, trait } = client;
  const order = orderOf(client);
  const actor = actorOf(client);
  const quote = await town.look('campaigns.quote', (core) =>
    core.campaigns.quote({ actor, ...order }),
  );
  if (!quote) return; // another price is the least by now
  const open = await openCampaigns(town, client);
  if (open.length >= OPEN_AT_ONCE) return lookAfter(town, client, open);
  if (quote.balanceAfter < 0n && (trait !== 'stingy' || dice.chance(0.3))) {
    await topUp(town, client, 0n - quote.balanceAfter);
  }
  if ((quote.balanceAfter >= 0n || trait === 'stingy') && dice.chance(0.8)) {
    await create(town, client, { ...order, total: quote.total });
  }
  if (dice.chance(0.6)) await lookAfter(town, client, open);
  if (dice.chance(0.02)) await cashOut(town, client);
  if (dice.chance(0.004)) await switchRole(town, client);
};

const PLACES = ['www.instagram.com/p/', 'x.com/upah/status/', 'www.tiktok.com/@upah/video/'];

const orderOf = ({ dice, trait }: Person): CampaignOrder => {
  const big = trait === 'big';
  const post = dice.between(10_000_000, 99_999_999);
  return {
    kind: dice.pick(TASK_KINDS),
    link: `https://${dice.pick(PLACES)}${post}`,
    instructions: dice.chance(0.3) ? 'Suka lalu tangkap layar.' : null,
    pricePerTask: rupiah(BigInt(dice.between(300, big ? 3_000 : 1_200))),
    target: dice.between(5, big ? 160 : 40),
  };
};

const topUp = async (town: Town, client: Person, missing: bigint): Promise<void> => {
  const { dice } = client;
  const actor = actorOf(client);
  const wanted = missing * BigInt(dice.between(2, 9));
  const amount = rupiah(wanted < 10_000n ? 10_000n : wanted > 50_000_000n ? 50_000_000n : wanted);
  await town.look('deposits.check', (core) => core.deposits.check({ actor, amount }));
  await minutes(town, 2, 15);
  const stored = await keepFile(town, 'storeTransferProof', town.picture());
  if (!stored) return;
  const [key, file] = [town.key(), { ...stored, channelFileId: null }];
  const made = given(
    await ask(town, client, {
      name: 'deposits.request',
      hasKey: true,
      call: (core) => core.deposits.request({ actor, amount, key, file }),
      learn: once(town.shadow.deposits.requested),
      says: ({ id }) => id,
    }),
  );
  if (!made || !dice.chance(0.04)) return;
  await minutes(town, 1, 30);
  await town.look('deposits.mine', (core) => core.deposits.mine({ actor }));
  await ask(town, client, {
    name: 'deposits.cancel',
    call: (core) => core.deposits.cancel({ actor, depositId: made.id }),
    learn: (answer) => {
      if (happened(answer, 'deposit.not-pending')) town.shadow.deposits.canceled(made.id);
    },
  });
};

const create = async (
  town: Town,
  client: Person,
  order: CampaignOrder & { readonly total: Rupiah },
): Promise<void> => {
  const actor = actorOf(client);
  const key = town.key();
  const make = () =>
    ask(town, client, {
      name: 'campaigns.create',
      hasKey: true,
      call: (core) => core.campaigns.create({ actor, ...order, key }),
      learn: (answer) => {
        if (answer.done) town.shadow.campaigns.created(answer.value);
        else town.checkMissing(client, answer);
      },
      says: ({ id }) => id,
    });
  await Promise.all(client.dice.chance(0.05) ? [make(), make()] : [make()]);
};

const openCampaigns = async (
  town: Town,
  client: Person,
): Promise<readonly CampaignWithProgress[]> => {
  const actor = actorOf(client);
  const page = await town.look('campaigns.mine', (core) =>
    core.campaigns.mine({ actor, page: FIRST_PAGE }),
  );
  return (page?.items ?? []).filter(({ campaign }) => isOpen(campaign));
};

/** Pauses, resumes, raises or deletes one of those that run. */
const lookAfter = async (
  town: Town,
  client: Person,
  open: readonly CampaignWithProgress[],
): Promise<void> => {
  if (open.length === 0) return;
  const { dice } = client;
  const actor = actorOf(client);
  const { campaign } = dice.pick(open);
  const campaignId = campaign.id;
  await town.look('campaigns.show', (core) => core.campaigns.show({ actor, campaignId }));
  const past = await town.look('campaigns.days', (core) =>
    core.campaigns.days({ actor, campaignId }),
  );
  // A young campaign shows all its days: everything that was approved is in one of them.
  if (past && past.days.length < 60) town.checkSame('CAM-8', BigInt(past.before), 0n);
  if (dice.chance(0.05)) {
    const call = (core: UseCases) => core.tasks.take({ actor, campaignId });
    await forbidden(town, client, { name: 'tasks.take', call });
  }
  const luck = dice.next();
  if (campaign.status === 'paused') await change(town, client, campaign, 'resume');
  else if (luck < 0.06) await change(town, client, campaign, 'pause');
  else if (luck < 0.14) await change(town, client, busiest(open), 'delete');
  else if (luck < 0.24) await raise(town, client, campaign);
};

/** Work is under way in it: what is deleted then is not over yet. */
const busiest = (open: readonly CampaignWithProgress[]): Campaign => {
  const workIn = ({ progress }: CampaignWithProgress) => progress.taken + progress.underReview;
  const [first] = open.toSorted((a, b) => workIn(b) - workIn(a));
  if (first === undefined) throw new Error('nothing runs');
  return first.campaign;
};

const isOpen = ({ status }: Campaign): boolean => status === 'active' || status === 'paused';

/** What asking again after a lost answer says where it had happened. */
const ALREADY = {
  pause: ['campaign.already-paused', 'paused'],
  resume: ['campaign.not-paused', 'resumed'],
  delete: ['campaign.final', 'deleted'],
} as const;

/** By the owner or by an admin. */
export const change = (
  town: Town,
  by: Person,
  { id: campaignId }: Campaign,
  how: keyof typeof ALREADY,
) => {
  const [code, shadow] = ALREADY[how];
  return ask(town, by, {
    name: `campaigns.${how}`,
    call: (core): Promise<unknown> =>
      core.campaigns[how]({ actor: actorOf(by), campaignId, reason: 'Tautan bermasalah' }),
    learn: (answer) => {
      if (happened(answer, code)) town.shadow.campaigns[shadow](campaignId);
    },
  });
};

const raise = async (town: Town, client: Person, { id: campaignId }: Campaign) => {
  const [key, more] = [town.key(), client.dice.between(1, 20)];
  const actor = actorOf(client);
  await town.look('campaigns.quoteRaise', (core) =>
    core.campaigns.quoteRaise({ actor, campaignId, more }),
  );
  const raised = once(() => town.shadow.campaigns.raised(campaignId, more));
  return ask(town, client, {
    name: 'campaigns.raise',
    hasKey: true,
    call: (core) => core.campaigns.raise({ actor, campaignId, more, key }),
    learn: (answer) => {
      raised(answer);
      if (!answer.done) town.checkMissing(client, answer);
    },
    says: ({ id }) => id,
  });
};
