import { expect } from 'chai';
import type { CampaignId, UserId } from '../../core/index.ts';
import { explain, RuleBroken, type Played } from './explain.ts';
import { factsOf } from './facts.ts';
import type { Outcome, RequestOf } from './requests.ts';
import { answer } from './rules/index.ts';
import { cloneWorld, emptyWorld, type Person, type World } from './world.ts';

const person = (name: string, role: Person['role'], telegramId: number): Person => ({
  id: name as UserId,
  name,
  telegramId,
  role,
  former: null,
  may: [],
  isSuspended: false,
  hasAccepted: true,
  earned: 0n,
  lines: 0,
});

/** A campaign with one slot, and two workers who want it. */
const lastSlot = (): World => {
  const world = emptyWorld(Date.parse('2026-01-05T02:00:00Z'));
  const people = [person('client', 'client', 1), person('ani', 'worker', 2)];
  for (const one of [...people, person('budi', 'worker', 3)]) world.people.set(one.id, one);
  world.money.set('wallet client', 1_000n);
  answer(
    world,
    {
      kind: 'campaign.create',
      by: 'client' as UserId,
      key: 'k',
      task: 'like',
      link: 'https://x.com/i/status/1',
      price: 100n,
      target: 1,
      total: null,
    },
    'campaign',
  );
  return world;
};

const take = (by: string): RequestOf<'task.take'> => ({
  kind: 'task.take',
  by: by as UserId,
  id: 'campaign' as CampaignId,
});

const done = (id: string): Outcome => ({ end: 'done', id, says: '' });
const refused = (code: string): Outcome => ({ end: 'refused', code });

/** What is seen after one worker has taken it. */
const seenAfter = (by: string, id: string) => {
  const world = cloneWorld(lastSlot());
  answer(world, take(by), id);
  return factsOf(world);
};

describe('what the model takes for explained', () => {
  const both = (ani: Outcome, budi: Outcome): readonly Played[] => [
    { request: take('ani'), outcome: ani },
    { request: take('budi'), outcome: budi },
  ];

  it('TSK-3 two who want the last slot: one has it, whoever asked first', () => {
    const after = explain(
      lastSlot(),
      both(refused('task.gone'), done('take')),
      seenAfter('budi', 'take'),
    );
    expect([...after.takes.values()].map(({ worker }) => worker)).to.deep.equal(['budi']);
  });

  const unexplained = (ani: Outcome, budi: Outcome, seen = seenAfter('budi', 'take')) =>
    expect(() => explain(lastSlot(), both(ani, budi), seen)).to.throw(RuleBroken);

  it('TSK-3 not that both have it, nor that nobody has', () => {
    unexplained(done('one'), done('take'));
    unexplained(refused('task.gone'), refused('task.gone'), factsOf(lastSlot()));
  });

  it('not a refusal that no rule gives, nor a state that none of the orders leads to', () => {
    unexplained(refused('task.daily-limit'), done('take'));
    unexplained(refused('task.gone'), done('take'), factsOf(lastSlot()));
  });
});
