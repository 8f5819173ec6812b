import { expect } from 'chai';
import { DAY_MS, startOfWibDay } from '../../core/kernel/index.ts';
import type { User } from '../../core/users/index.ts';
import { escrowOf, REVENUE, walletOf, type Account } from '../../core/wallet/index.ts';
import {
  aCredit,
  aTransaction,
  aWithdrawTransaction,
  later,
  MONDAY,
  rupiahs,
} from '../support/builders.ts';
import { postTold } from '../support/post-told.ts';
import type { Stage } from './harness.ts';
import { enterCampaign, enterRich, enterUser } from './scenes.ts';

const TODAY = startOfWibDay(MONDAY);

type Moves = 'campaign_funding' | 'task_reward' | 'platform_fee' | 'reversal';
type Move = readonly [from: Account, to: Account, amount: number];

/** `WalletRepo.earningsByDay`. */
export const earningByDay = (stage: Stage): void => {
  const scene = async () => {
    const client = await enterRich(stage, 100_000);
    const worker = await enterRich(stage, 70_000);
    const campaign = await enterCampaign(stage, { clientId: client.id });
    const [escrow, wallet, owner] = [
      escrowOf(campaign.id),
      walletOf(worker.id),
      walletOf(client.id),
    ];
    const whose = {
      campaign_funding: client.id,
      task_reward: worker.id,
      platform_fee: null,
      reversal: worker.id,
    };
    const post = (type: Moves, createdAt: Date, [from, to, amount]: Move) => {
      const userId = whose[type];
      const postings = [{ from, to, amount: rupiahs(amount) }];
      return stage.run((tx) =>
        tx.wallets.post(aTransaction({ type, userId, createdAt, postings })),
      );
    };
    await post('campaign_funding', TODAY, [owner, escrow, 50_000]);
    const reward = (at: Date, amount: number) => post('task_reward', at, [escrow, wallet, amount]);
    return { client, worker, escrow, wallet, owner, post, reward };
  };
  const byDay = (user: User, since: Date) =>
    stage.run((tx) => tx.wallets.earningsByDay(user.id, since));

  it('WAL-9 sums what rewards brought by the day of Jakarta, oldest first', async () => {
    const { worker, reward } = await scene();
    const tomorrow = later(DAY_MS, TODAY);
    await reward(later(DAY_MS, tomorrow), 7);
    await reward(TODAY, 100);
    await reward(later(-1, tomorrow), 200);
    await reward(tomorrow, 5_000);
    await reward(later(-1, TODAY), 3);
    const days = [
      { day: TODAY, earned: 300n },
      { day: tomorrow, earned: 5_000n },
      { day: later(DAY_MS, tomorrow), earned: 7n },
    ];
    expect(await byDay(worker, TODAY)).to.deep.equal(days);
    expect(await byDay(worker, tomorrow)).to.deep.equal(days.slice(1));
    expect(await byDay(worker, later(-DAY_MS, TODAY))).to.deep.equal([
      { day: later(-DAY_MS, TODAY), earned: 3n },
      ...days,
    ]);
  });

  it('WAL-9 REV-7 takes off what reversals took from this wallet, on that day', async () => {
    const { client, worker, escrow, wallet, owner, post, reward } = await scene();
    await reward(TODAY, 4_000);
    const [tomorrow, after] = [later(DAY_MS, TODAY), later(2 * DAY_MS, TODAY)];
    await post('reversal', tomorrow, [wallet, owner, 4_000]);
    await reward(tomorrow, 1_000);
    await post('platform_fee', after, [escrow, REVENUE, 10]);
    await post('reversal', after, [REVENUE, owner, 10]);
    expect(await byDay(worker, TODAY)).to.deep.equal([
      { day: TODAY, earned: 4_000n },
      { day: tomorrow, earned: -3_000n },
    ]);
    expect(await byDay(client, TODAY), 'who got it back').to.deep.equal([]);
  });

  it('WAL-9 counts no other money, and nobody else’s', async () => {
    const { worker, reward } = await scene();
    await reward(TODAY, 4_000);
    await stage.run((tx) => postTold(tx, aCredit(worker.id, 900, { createdAt: TODAY })));
    const asked = aWithdrawTransaction(worker.id, {}, { createdAt: TODAY });
    await stage.run((tx) => tx.wallets.post(asked));
    expect(await byDay(worker, TODAY)).to.deep.equal([{ day: TODAY, earned: 4_000n }]);
    const stranger = await enterUser(stage);
    expect(await byDay(stranger, TODAY)).to.deep.equal([]);
  });
};
