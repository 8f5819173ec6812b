import { expect } from 'chai';
import fc from 'fast-check';
import {
  asSystem,
  asRefusal,
  rupiah,
  type CampaignId,
  type DepositId,
  type ProofId,
  type TakeId,
  type WithdrawalId,
} from '../../core/index.ts';
import { aFile, rupiahs } from '../support/builders.ts';
import { aMarket, type Market, type Person } from '../support/market.ts';

/** What the people of one run have to do with. */
interface World {
  readonly market: Market;
  readonly clients: readonly Person[];
  readonly workers: readonly Person[];
  readonly admins: readonly Person[];
  readonly campaigns: CampaignId[];
  readonly takes: TakeId[];
  readonly proofs: ProofId[];
  readonly deposits: DepositId[];
  readonly withdrawals: WithdrawalId[];
}

const aWorld = async (): Promise<World> => {
  const settings = { feeBasisPoints: 333, withdrawFee: rupiahs(100), withdrawMin: rupiahs(100) };
  const market = aMarket({ settings: { ...settings, pricePerTaskMin: rupiahs(1) } });
  const { client, worker, admin } = market;
  const clients = [await client(), await client()];
  for (const who of clients) await market.topUp(who, 20_000);
  return {
    market,
    clients,
    workers: [await worker(), await worker(), await worker()],
    admins: [await admin(), await admin()],
    campaigns: [],
    takes: [],
    proofs: [],
    deposits: [],
    withdrawals: [],
  };
};

/** Numbers that choose who, which and how much; whatever they are, the rules must hold. */
interface Dice {
  readonly who: number;
  readonly which: number;
  readonly much: number;
}

const one = <T>(list: readonly T[], at: number): T | undefined =>
  list[at % Math.max(1, list.length)];

/** The chosen one; with none to choose from, a made-up id. */
const id = <T extends string>(list: readonly T[], at: number): T =>
  one(list, at) ?? ('01900000-0000-7000-8000-ffffffffffff' as T);

type Command = (world: World, dice: Dice) => Promise<unknown>;

const anybody = ({ clients, workers, admins }: World, { who }: Dice): Person =>
  one([...clients, ...workers, ...admins], who) as Person;
const anAdmin = ({ admins }: World, { who }: Dice): Person => one(admins, who) as Person;

/** Mostly whose task it is, sometimes anybody. */
const actorFor = (role: 'clients' | 'workers' | 'admins') => (world: World, dice: Dice) =>
  (dice.who % 8 === 0 ? anybody(world, dice) : (one(world[role], dice.who) as Person)).actor;
const client = actorFor('clients');
const worker = actorFor('workers');
const admin = actorFor('admins');

const spending: Record<string, Command> = {
  create: async (world, dice) => {
    const made = await world.market.core.campaigns.create({
      actor: client(world, dice),
      kind: dice.which % 2 === 0 ? 'like' : 'view',
      link: `https://x.com/i/status/${dice.which % 3}`,
      instructions: null,
      pricePerTask: rupiahs(dice.much % 4_000),
      target: (dice.which % 5) - 1,
      key: `key ${dice.which % 6}`,
    });
    world.campaigns.push(made.id);
  },
  raise: (world, dice) =>
    world.market.core.campaigns.raise({
      actor: client(world, dice),
      campaignId: id(world.campaigns, dice.which),
      more: (dice.much % 4) - 1,
      key: `raise ${dice.much % 5}`,
    }),
  change: (world, dice) => {
    const change = (['pause', 'resume', 'delete'] as const)[dice.much % 3] ?? 'pause';
    const actor = dice.which % 3 === 0 ? admin(world, dice) : client(world, dice);
    const campaignId = id(world.campaigns, dice.which);
    return world.market.core.campaigns[change]({ actor, campaignId });
  },
  deposit: async (world, dice) => {
    const made = await world.market.core.deposits.request({
      actor: client(world, dice),
      amount: rupiahs(9_990 + dice.much),
      key: `deposit ${dice.which % 4}`,
      file: aFile(),
    });
    world.deposits.push(made.id);
  },
  decideDeposit: (world, dice) => {
    const act = { actor: admin(world, dice), depositId: id(world.deposits, dice.which) };
    const { approve, reject } = world.market.core.deposits;
    return dice.much % 3 === 0
      ? reject({ ...act, reason: 'no' })
      : approve({ ...act, credited: rupiahs(dice.much - 100), reason: 'what came' });
  },
};

const working: Record<string, Command> = {
  take: async (world, dice) => {
    const campaignId = id(world.campaigns, dice.which);
    const taken = await world.market.core.tasks.take({ actor: worker(world, dice), campaignId });
    world.takes.push(taken.take.id);
  },
  release: (world, dice) =>
    world.market.core.tasks.release({
      actor: worker(world, dice),
      takeId: id(world.takes, dice.which),
    }),
  submit: async (world, dice) => {
    const takeId = id(world.takes, dice.which);
    const take = await world.market.see((tx) => tx.tasks.find(takeId));
    const owner = world.workers.find((one) => one.id === take?.workerId);
    const actor = dice.who % 8 === 0 ? anybody(world, dice).actor : owner?.actor;
    const made = await world.market.core.proofs.submit({
      actor: actor ?? worker(world, dice),
      takeId,
      file: aFile(),
      sentAt: world.market.clock.now(),
    });
    world.proofs.push(made.id);
  },
  approve: (world, dice) =>
    world.market.core.proofs.approve({
      actor: admin(world, dice),
      proofId: id(world.proofs, dice.which),
    }),
  reject: (world, dice) =>
    world.market.core.proofs.reject({
      actor: admin(world, dice),
      proofId: id(world.proofs, dice.which),
      reason: null,
    }),
  reverse: (world, dice) =>
    world.market.core.proofs.reverse({
      actor: admin(world, dice),
      proofId: id(world.proofs, dice.which),
      reason: 'again',
    }),
  wait: async ({ market }, dice) => {
    market.clock.advance(dice.much * 1_000);
    await market.core.tasks.expireDue({ actor: asSystem('expire'), limit: 5 });
  },
};

const leaving: Record<string, Command> = {
  withdraw: async (world, dice) => {
    const who = anybody(world, dice);
    world.withdrawals.push((await world.market.withdraw(who, (dice.much % 3_000) - 50)).id);
  },
  claim: (world, dice) => {
    const from = dice.much % 2 === 0 ? anAdmin(world, { ...dice, who: dice.much }) : undefined;
    const made = { id: id(world.withdrawals, dice.which) };
    return world.market.claim(made, anAdmin(world, dice), from);
  },
  pay: (world, dice) =>
    world.market.core.withdrawals.pay({
      actor: admin(world, dice),
      withdrawalId: id(world.withdrawals, dice.which),
      reference: null,
      receipt: null,
    }),
  refuse: (world, dice) =>
    world.market.core.withdrawals.reject({
      actor: admin(world, dice),
      withdrawalId: id(world.withdrawals, dice.which),
      reason: 'no',
    }),
  cancel: (world, dice) =>
    world.market.core.withdrawals.cancel({
      actor: anybody(world, dice).actor,
      withdrawalId: id(world.withdrawals, dice.which),
    }),
  suspend: (world, dice) => {
    const { suspend, unsuspend } = world.market.core.users;
    const act = {
      actor: admin(world, dice),
      userId: anybody(world, { ...dice, who: dice.which }).id,
    };
    return dice.much % 3 === 0 ? suspend({ ...act, reason: 'x' }) : unsuspend(act);
  },
};

const COMMANDS: Readonly<Record<string, Command>> = { ...spending, ...working, ...leaving };
const NAMES = Object.keys(COMMANDS);

/** What makes things happen comes more often than what ends them. */
const often = ['create', 'take', 'take', 'take', 'submit', 'submit', 'submit', 'approve'];
const number = fc.nat({ max: 5_000 });
const script = fc.array(
  fc.record({
    name: fc.constantFrom(...NAMES, ...often),
    dice: fc.record({ who: number, which: number, much: number }),
  }),
  { minLength: 30, maxLength: 30 },
);

describe('Whatever people do', () => {
  it('WAL-2 WAL-3 WAL-4 WAL-8 the ledger stays sound, and no defect shows', async () => {
    const worked = new Set<string>();
    await fc.assert(
      fc.asyncProperty(script, async (commands) => {
        const world = await aWorld();
        for (const { name, dice } of commands) {
          const [result] = await Promise.allSettled([COMMANDS[name]?.(world, dice)]);
          if (result.status === 'fulfilled') worked.add(name);
          else if (!asRefusal(result.reason)) throw result.reason;
        }
        await world.market.ledgerIsSound();
        const { wallets, holds, escrows, revenue } = await world.market.trialBalance();
        for (const sum of [wallets, holds, escrows, revenue]) {
          expect(sum >= rupiah(0n)).to.equal(true);
        }
        for (const who of [...world.clients, ...world.workers, ...world.admins]) {
          expect((await world.market.wallet(who)) >= 0n).to.equal(true);
          expect((await world.market.hold(who)) >= 0n).to.equal(true);
        }
      }),
      { numRuns: 300 },
    );
    expect([...worked].toSorted(), 'commands that worked').to.deep.equal(NAMES.toSorted());
  });
});
