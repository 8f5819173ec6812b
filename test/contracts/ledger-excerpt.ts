import { expect } from 'chai';
import { escrowOf, holdOf, OUTSIDE, REVENUE, walletOf } from '../../core/wallet/index.ts';
import type { AccountBalance, LedgerExcerpt } from '../../core/wallet/index.ts';
import { aCredit, rupiahs } from '../support/builders.ts';
import { postTold } from '../support/post-told.ts';
import { abandoned, type Stage } from './harness.ts';
import { approve, enterCredited, enterFunded } from './ledger-scenes.ts';
import { enterProof, enterRich, enterUser, enterWithdrawal } from './scenes.ts';

const ALL = { accounts: 100_000, postings: 20 };

const read = (stage: Stage, size = ALL): Promise<LedgerExcerpt> =>
  stage.ports.ledgerReader.excerpt(size);

const find = ({ accounts }: LedgerExcerpt, wanted: AccountBalance['account']) =>
  accounts.find(({ account }) => JSON.stringify(account) === JSON.stringify(wanted));

/** What a person sees of a ledger, whatever stands in it already. */
export const ledgerExcerpts = (stage: Stage): void => {
  it('WAL-2 shows every kind of account by name, and all of them add up to 0', async () => {
    const campaign = await enterFunded(stage, { feePerTask: rupiahs(25), targetTotal: 4 });
    await approve(stage, campaign, await enterProof(stage, campaign));
    const user = await enterUser(stage, { displayName: 'Wahyu Pratama' });
    await stage.run((tx) => postTold(tx, aCredit(user.id, 50_000)));
    await enterWithdrawal(stage, { userId: user.id });
    const excerpt = await read(stage);
    expect(excerpt.sum).to.equal(0n);
    const person = { owner: 'Wahyu Pratama', campaign: null };
    const platform = { owner: null, campaign: null };
    expect(find(excerpt, walletOf(user.id))).to.deep.include({ ...person, balance: 30_000n });
    expect(find(excerpt, holdOf(user.id))).to.deep.include({ ...person, balance: 20_000n });
    expect(find(excerpt, escrowOf(campaign.id))).to.deep.include({
      owner: null,
      campaign: { taskKind: campaign.kind, link: campaign.link.target },
      balance: 3n * 525n,
    });
    const { revenue, outside } = await stage.ports.ledgerReader.trialBalance();
    expect(excerpt.accounts.slice(0, 2)).to.deep.equal([
      { account: OUTSIDE, ...platform, balance: outside },
      { account: REVENUE, ...platform, balance: revenue },
    ]);
    const shown = excerpt.accounts.reduce((sum, { balance }) => sum + balance, 0n);
    expect(shown, 'nothing is left out').to.equal(0n);
  });

  it('WAL-2 shows the accounts with the most money first, and sums up the others too', async () => {
    const [richest, rich] = [
      await enterRich(stage, 900_000_000),
      await enterRich(stage, 800_000_000),
    ];
    const { accounts, sum } = await read(stage, { accounts: 2, postings: 1 });
    expect(accounts.map(({ account }) => account)).to.deep.equal([
      OUTSIDE,
      REVENUE,
      walletOf(richest.id),
      walletOf(rich.id),
    ]);
    expect(sum).to.equal(0n);
  });

  it('WAL-2 shows a wallet without money, and no empty hold or escrow', async () => {
    const user = await enterUser(stage);
    const campaign = await enterFunded(stage, { targetTotal: 1 });
    await approve(stage, campaign, await enterProof(stage, campaign));
    const excerpt = await read(stage);
    expect(find(excerpt, walletOf(user.id))?.balance).to.equal(0n);
    expect(find(excerpt, holdOf(user.id))).to.equal(undefined);
    expect(find(excerpt, escrowOf(campaign.id))).to.equal(undefined);
  });

  it('WAL-2 shows the newest postings first, with what they were for and both their ends', async () => {
    const user = await enterUser(stage, { displayName: 'Citra Lestari' });
    const at = new Date('2040-01-01T00:00:00Z');
    for (const minute of [1, 2, 3]) {
      const createdAt = new Date(at.getTime() + minute * 60_000);
      await stage.run((tx) => postTold(tx, aCredit(user.id, minute * 100, { createdAt })));
    }
    const { postings } = await read(stage, { accounts: 1, postings: 2 });
    expect(postings.map(({ id: _id, ...line }) => line)).to.deep.equal(
      [3, 2].map((minute) => ({
        type: 'adjustment',
        from: { account: OUTSIDE, owner: null, campaign: null },
        to: { account: walletOf(user.id), owner: 'Citra Lestari', campaign: null },
        amount: BigInt(minute * 100),
        at: new Date(at.getTime() + minute * 60_000),
      })),
    );
    const ids = (await read(stage)).postings.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length).and.to.be.above(3);
  });

  it('WAL-2 shows what a decision posted, and nothing that was rolled back', async () => {
    const user = await enterUser(stage);
    await enterCredited(stage, { credited: 45_000 });
    const before = await read(stage);
    expect(
      before.postings.some(({ type, amount }) => type === 'deposit' && amount === 45_000n),
    ).to.equal(true);
    await abandoned(stage, (tx) => postTold(tx, aCredit(user.id, 500)));
    expect(await read(stage)).to.deep.equal(before);
  });
};
