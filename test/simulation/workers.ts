import type { CampaignId, Offer, TakeId, TakeView } from '../../core/index.ts';
import { happened, type Answer } from './network.ts';
import { actorOf, type Person } from './people.ts';
import type { Town } from './town.ts';
import { ask, enter, forbidden, given, keepFile, minutes, switchRole } from './visits.ts';
import { cashOut } from './withdrawing.ts';

const TASKS: Partial<Record<Person['trait'], readonly [number, number]>> = {
  keen: [2, 6],
  slow: [1, 2],
  lazy: [1, 3],
  cheating: [2, 7],
};

/** A worker looks in: does some tasks, and takes the money out now and then. */
export const workerVisit = async (town: Town, worker: Person): Promise<void> => {
  if (!(await enter(town, worker))) return;
  const { dice } = worker;
  const [least, most] = TASKS[worker.trait] ?? [1, 2];
  for (let left = dice.between(least, most); left > 0; left -= 1) {
    const campaign = await chosen(town, worker);
    if (campaign === undefined || !(await doTask(town, worker, campaign))) break;
  }
  if (worker.trait === 'cheating' && dice.chance(0.3)) await cheat(town, worker);
  if (worker.trait === 'cheating' && dice.chance(0.15)) await grab(town, worker);
  if (worker.trait === 'cheating' && dice.chance(0.5)) await insist(town, worker);
  if (dice.chance(0.25)) await cashOut(town, worker);
  if (dice.chance(0.004)) await switchRole(town, worker);
};

const chosen = async (town: Town, worker: Person): Promise<CampaignId | undefined> => {
  const { dice } = worker;
  const actor = actorOf(worker);
  const page = { page: dice.chance(0.7) ? 0 : dice.between(1, 6), size: 10 };
  const offers = await town.look('tasks.offers', (core) => core.tasks.offers({ actor, page }));
  if (!offers || offers.items.length === 0) return undefined;
  const { campaignId }: Offer = dice.pick(offers.items);
  if (dice.chance(0.3)) {
    await town.look('tasks.offer', (core) => core.tasks.offer({ actor, campaignId }));
  }
  return campaignId;
};

const take = (town: Town, worker: Person, campaignId: CampaignId): Promise<Answer<TakeView>> =>
  ask(town, worker, {
    name: 'tasks.take',
    call: (core) => core.tasks.take({ actor: actorOf(worker), campaignId }),
    learn: (answer) => {
      if (!answer.done) return;
      town.shadow.work.took(answer.value.take);
      town.takes.add(answer.value.take);
    },
    says: ({ take: taken }) => taken.id,
  });

/** False where they have had enough for now. */
const doTask = async (town: Town, worker: Person, campaign: CampaignId): Promise<boolean> => {
  const { dice, trait } = worker;
  const taps = trait === 'cheating' && dice.chance(0.2) ? 2 : 1;
  const answers = await Promise.all(
    Array.from({ length: taps }, () => take(town, worker, campaign)),
  );
  const view = given(answers[0] ?? { done: false, code: '', details: null, again: false });
  if (!view) return dice.chance(0.5);
  const takeId = view.take.id;
  if (dice.chance(0.2)) {
    await town.look('tasks.show', (core) => core.tasks.show({ actor: actorOf(worker), takeId }));
  }
  await (trait === 'slow' ? minutes(town, 8, 31) : minutes(town, 1, 9));
  if (trait === 'lazy' && dice.chance(0.3)) return true; // it expires
  if (dice.chance(0.04)) {
    await release(town, worker, takeId);
    return true;
  }
  if (dice.chance(0.1)) await lookBack(town, worker);
  await submit(town, worker, takeId);
  return true;
};

/** At what is under way, what came of the rest, and what it brought. */
const lookBack = async (town: Town, worker: Person): Promise<void> => {
  const actor = actorOf(worker);
  const page = { page: worker.dice.between(0, 2), size: 5 };
  await town.look('tasks.mine', (core) => core.tasks.mine({ actor }));
  await town.look('tasks.past', (core) => core.tasks.past({ actor, page }));
  await town.look('wallet.earnings', (core) => core.wallet.earnings({ actor }));
};

const release = (town: Town, worker: Person, takeId: TakeId) =>
  ask(town, worker, {
    name: 'tasks.release',
    call: (core) => core.tasks.release({ actor: actorOf(worker), takeId }),
    learn: (answer) => {
      if (happened(answer, 'take.not-open')) town.shadow.work.released(takeId);
    },
  });

const SAME_OLD_PICTURE = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);

const submit = async (town: Town, worker: Person, takeId: TakeId): Promise<void> => {
  const { dice } = worker;
  const isFraud = worker.trait === 'cheating' ? dice.chance(0.6) : dice.chance(0.03);
  if (isFraud) town.frauds.add(takeId);
  const bytes = isFraud && dice.chance(0.5) ? SAME_OLD_PICTURE : town.picture();
  const stored = await keepFile(town, 'storeScreenshot', bytes);
  if (!stored) return;
  const sentAt = town.timetable.now();
  const file = { ...stored, channelFileId: null };
  await ask(town, worker, {
    name: 'proofs.submit',
    call: (core) => core.proofs.submit({ actor: actorOf(worker), takeId, file, sentAt }),
    learn: (answer) => {
      if (happened(answer, 'take.not-open')) {
        town.shadow.work.submitted(takeId, sentAt.getTime());
      }
    },
    says: ({ id }) => id,
  });
};

/** Takes more than anybody may have at once, and does what they get. */
const grab = async (town: Town, worker: Person): Promise<void> => {
  const tries = town.settings().takenAtOnceMax + 2;
  for (let left = tries; left > 0; left -= 1) {
    const campaign = await chosen(town, worker);
    if (campaign !== undefined) await take(town, worker, campaign);
  }
  for (const { id, status } of town.liveOf(worker)) {
    if (status === 'taken') await submit(town, worker, id);
  }
};

/** Tries again where a proof of theirs was rejected, until the core has had enough of it. */
const insist = async (town: Town, worker: Person): Promise<void> => {
  const actor = actorOf(worker);
  const page = { page: 0, size: 20 };
  const seen = await town.look('tasks.past', (core) => core.tasks.past({ actor, page }));
  const rejected = seen?.items.find(({ take: { status } }) => status === 'rejected');
  if (rejected) await doTask(town, worker, rejected.campaign.id);
};

/** What must not work: somebody else's task, an admin's desk, the operator's word. */
const cheat = async (town: Town, worker: Person): Promise<void> => {
  const actor = actorOf(worker);
  const take = town.takes.pick(worker.dice);
  if (take && take.workerId !== worker.id) {
    const takeId = take.id;
    for (const id of [takeId, `${takeId.slice(0, -4)}ffff` as TakeId]) {
      await forbidden(town, worker, {
        name: 'tasks.release',
        call: (core) => core.tasks.release({ actor, takeId: id }),
      });
    }
  }
  const proofId = town.recent.pick(worker.dice);
  if (proofId) {
    await forbidden(town, worker, {
      name: 'proofs.approve',
      call: (core) => core.proofs.approve({ actor, proofId }),
    });
  }
  const { telegramId } = worker;
  await forbidden(town, worker, {
    name: 'users.grantAdmin',
    call: (core) => core.users.grantAdmin({ actor, telegramId }),
  });
};
