import { expect } from 'chai';
import {
  createMemoryPorts,
  type ManualClock,
  type MemoryPorts,
} from '../../adapters/memory/index.ts';
import {
  asOperator,
  asSystem,
  asRefusal,
  asUser,
  createCore,
  noticeFromJson,
  PERMISSIONS,
  rupiah,
  type Actor,
  type AnyRefusal,
  type Campaign,
  type CampaignDetails,
  type CampaignOrder,
  type Core,
  type DecisionResult,
  type Deposit,
  type Notice,
  type NoticeKind,
  type Ports,
  type Proof,
  type ReceivedFile,
  type Role,
  type Rupiah,
  type Settings,
  type Take,
  type Tx,
  type UserId,
  type Withdrawal,
} from '../../core/index.ts';
import { aFile, freshId, freshNumber, rupiahs } from './builders.ts';

/** Somebody who uses the bot. */
export interface Person {
  readonly id: UserId;
  readonly actor: Actor;
  readonly telegramId: number;
}

export const OPERATOR: Actor = asOperator('test');

/** The first page of any list. */
export const FIRST_PAGE = { page: 0, size: 50 };

/** The refusal that `work` ends with, its code and details; fails when it ends otherwise. */
export const refusal = async (work: Promise<unknown>): Promise<AnyRefusal> => {
  const [result] = await Promise.allSettled([work]);
  if (result.status === 'fulfilled') throw new Error('this should have been refused, and was not');
  const refused = asRefusal(result.reason);
  if (refused === undefined) throw result.reason;
  return { code: refused.code, details: refused.details } as AnyRefusal;
};

/** As `refusal`, for what answers at once. */
export const refusalOf = (work: () => unknown): Promise<AnyRefusal> =>
  refusal(Promise.resolve().then(work));

/** Several callers at once, each with its number from 0. */
export const together = <T>(howMany: number, caller: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: howMany }, (_, index) => caller(index)));

/** An order that the rules allow, on a link of its own: likes at 500 rupiah, three of them. */
export const anOrder = (change: Partial<CampaignOrder> = {}): CampaignOrder => ({
  kind: 'like',
  link: `https://www.instagram.com/p/${freshNumber()}`,
  instructions: null,
  pricePerTask: rupiahs(500),
  target: 3,
  ...change,
});

/** A little world: every port in memory, the core on it, and people who do things with it. */
export const aMarket = ({ settings = {} }: { readonly settings?: Partial<Settings> } = {}) => {
  const ports = createMemoryPorts({ settings });
  const core = createCore(ports);
  return { ...peopleOn(ports, core), ...looks(ports), ports };
};

export type Market = ReturnType<typeof aMarket>;

/** Ports of any kind, on a clock that is moved by hand. */
export type PeoplePorts = Ports & { readonly clock: ManualClock };

/** People who do things, wherever the ports store them. */
export const peopleOn = (ports: PeoplePorts, core: Core = createCore(ports)) => ({
  ...theatre(ports, core),
  ...actions(ports, core),
  core,
});

export type People = ReturnType<typeof peopleOn>;

const theatre = (ports: PeoplePorts, core: Core) => ({
  clock: ports.clock,
  newcomer: (languageCode?: string) => newcomer(core, languageCode),
  /** Terms accepted, no role yet. */
  person: () => accepted(ports, core),
  client: () => inRole(ports, core, 'client'),
  worker: () => inRole(ports, core, 'worker'),
  admin: () => inRole(ports, core, 'admin'),
  /** Puts somebody into a role behind the rules' back, whatever of theirs is open. */
  forceRole: (who: Person, role: Role) =>
    ports.unitOfWork.run(async (tx) => {
      const user = await tx.users.find(who.id);
      if (!user) return;
      await tx.users.save({ ...user, role, permissions: role === 'admin' ? PERMISSIONS : [] });
      await tx.audit.append({
        actor: OPERATOR,
        action: 'user.role',
        subject: 'user',
        subjectId: user.id,
        before: { role: user.role },
        after: { role },
        at: user.createdAt,
      });
    }),
});

const newcomer = async (core: Core, languageCode?: string): Promise<Person> => {
  const telegramId = freshNumber();
  const names = { username: `u${telegramId}`, displayName: 'Siti' };
  const { user } = await core.users.register({ telegramId, ...names, languageCode });
  return { id: user.id, actor: asUser(user.id), telegramId };
};

const accepted = async (ports: PeoplePorts, core: Core): Promise<Person> => {
  const who = await newcomer(core);
  const { termsVersion } = await ports.unitOfWork.run((tx) => tx.settings.current());
  await core.users.acceptTerms({ actor: who.actor, version: termsVersion });
  return who;
};

const inRole = async (ports: PeoplePorts, core: Core, role: Role): Promise<Person> => {
  const who = await accepted(ports, core);
  if (role !== 'admin') await core.users.chooseRole({ actor: who.actor, role });
  else await core.users.grantAdmin({ actor: OPERATOR, telegramId: who.telegramId });
  return who;
};

/** A file as the channel brings it: checked, kept, unlike any other. */
const aReceivedFile = (change: Partial<ReceivedFile> = {}) => aFile(change);

const actions = (ports: PeoplePorts, core: Core) => {
  let clerk: Promise<Person> | undefined;
  let other: Promise<Person> | undefined;
  /** An admin who decides where a test does not say who. */
  const house = (): Promise<Person> => (clerk ??= inRole(ports, core, 'admin'));
  const request = (client: Person, amount: number | bigint): Promise<Deposit> =>
    core.deposits.request({
      actor: client.actor,
      amount: rupiah(BigInt(amount)),
      key: freshId(),
      file: aReceivedFile(),
    });
  const topUp = async (client: Person, amount: number | bigint): Promise<void> => {
    const { id } = await request(client, 10_000);
    const [{ actor }, credited] = [await house(), rupiah(BigInt(amount))];
    await core.deposits.approve({ actor, depositId: id, credited, reason: 'for the test' });
  };
  const campaign = async (
    client: Person,
    change: Partial<CampaignOrder> = {},
  ): Promise<Campaign> => {
    const order = { actor: client.actor, ...anOrder(change) };
    const { total } = await core.campaigns.quote(order);
    await topUp(client, total);
    return core.campaigns.create({ ...order, key: freshId() });
  };
  const take = async (worker: Person, { id }: Pick<Campaign, 'id'>): Promise<Take> =>
    (await core.tasks.take({ actor: worker.actor, campaignId: id })).take;
  const submit = (worker: Person, { id }: Pick<Take, 'id'>): Promise<Proof> =>
    core.proofs.submit({
      actor: worker.actor,
      takeId: id,
      file: aReceivedFile(),
      sentAt: ports.clock.now(),
    });
  const proof = async (worker: Person, of: Pick<Campaign, 'id'>): Promise<Proof> =>
    submit(worker, await take(worker, of));
  const approve = async ({ id }: Pick<Proof, 'id'>, by?: Person): Promise<DecisionResult> =>
    core.proofs.approve({ actor: (by ?? (await house())).actor, proofId: id });
  const reject = async ({ id }: Pick<Proof, 'id'>, by?: Person): Promise<DecisionResult> =>
    core.proofs.reject({ actor: (by ?? (await house())).actor, proofId: id, reason: 'blurred' });
  /** The first word of two, where a withdrawal needs it and nobody has given it. */
  const endorse = async ({ id: withdrawalId }: Pick<Withdrawal, 'id'>): Promise<void> => {
    const found = await ports.unitOfWork.run((tx) => tx.withdrawals.find(withdrawalId));
    if (found?.status !== 'pending' || !found.needsSecond || found.endorsement) return;
    other ??= inRole(ports, core, 'admin');
    await core.withdrawals.endorse({ actor: (await other).actor, withdrawalId });
  };
  const deeds = { house, request, topUp, campaign, take, submit, proof, approve, reject, endorse };
  return { ...deeds, ...money(core, endorse) };
};

const money = (core: Core, endorse: (withdrawal: Pick<Withdrawal, 'id'>) => Promise<void>) => ({
  /** Asks for a withdrawal, to a number of one's own. */
  withdraw: async (
    who: Person,
    amount: number,
    text: string = numberOf(who),
  ): Promise<Withdrawal> => {
    const { actor } = who;
    const { sealed } = await core.withdrawals.prepareNumber({ actor, text });
    const request = { actor, amount: rupiahs(amount), number: sealed, key: freshId<never>() };
    return core.withdrawals.request(request);
  },
  /** What needs a second admin is endorsed by one whom the test does not know (ADM-2). */
  claim: async (withdrawal: Pick<Withdrawal, 'id'>, by: Person, from?: Person) => {
    await endorse(withdrawal);
    return core.withdrawals.claim({
      actor: by.actor,
      withdrawalId: withdrawal.id,
      takeOverFrom: from?.id ?? null,
    });
  },
  /** Claims and pays. */
  payOut: async ({ id }: Pick<Withdrawal, 'id'>, { actor }: Person) => {
    await endorse({ id });
    await core.withdrawals.claim({ actor, withdrawalId: id, takeOverFrom: null });
    return core.withdrawals.pay({ actor, withdrawalId: id, reference: null, receipt: null });
  },
});

/** The mobile number that a person withdraws to, unless a test says otherwise. */
export const numberOf = ({ telegramId }: Person): string =>
  `0812${String(telegramId).slice(-8).padStart(8, '0')}`;

const looks = (ports: MemoryPorts) => {
  const see = <T>(look: (tx: Tx) => Promise<T>): Promise<T> => ports.unitOfWork.run(look);
  return {
    see,
    userOf: async ({ id }: Person) => known(await see((tx) => tx.users.find(id))),
    wallet: async ({ id }: Person): Promise<Rupiah> =>
      (await see((tx) => tx.wallets.balances(id))).wallet,
    hold: async ({ id }: Person): Promise<Rupiah> =>
      (await see((tx) => tx.wallets.balances(id))).hold,
    escrow: async ({ id: campaignId }: Pick<Campaign, 'id'>): Promise<Rupiah> =>
      known((await see((tx) => tx.wallets.lockBalances([{ kind: 'escrow', campaignId }])))[0]),
    campaignNow: async ({ id }: Pick<Campaign, 'id'>): Promise<Campaign> =>
      known(await see((tx) => tx.campaigns.find(id))),
    progress: ({ id }: Pick<Campaign, 'id'>): Promise<CampaignDetails['progress']> =>
      see((tx) => tx.slots.progress(id)),
    takeNow: async ({ id }: Pick<Take, 'id'>): Promise<Take> =>
      known(await see((tx) => tx.tasks.find(id))),
    proofNow: async ({ id }: Pick<Proof, 'id'>): Promise<Proof> =>
      known((await see((tx) => tx.reviewDesk.case(id, ports.clock.now())))?.proof),
    /**
     * Everything that this person was ever told or is owed, oldest first; what a newer one replaced
     * is forgotten.
     */
    noticesTo: ({ id: person }: Person): readonly Notice[] => {
      const sent = new Map(ports.notifier.delivered.map(({ id, payload }) => [id, payload]));
      return ports
        .outboxMessages()
        .filter(({ to, kind }) => to === person && kind === 'notice')
        .flatMap(({ id, payload }) => payload ?? sent.get(id) ?? [])
        .map(noticeFromJson);
    },
    ...checks(ports),
  };
};

const known = <T>(found: T | undefined): T => {
  if (found === undefined) throw new Error('the test looks for what is not there');
  return found;
};

const checks = (ports: MemoryPorts) => ({
  trialBalance: () => ports.ledgerReader.trialBalance(),
  /** WAL-2 and WAL-8: all balances sum to 0, and every check of the ledger passes. */
  ledgerIsSound: async (): Promise<void> => {
    const sums = await ports.ledgerReader.trialBalance();
    const { wallets, holds, escrows, revenue, outside } = sums;
    expect(wallets + holds + escrows + revenue + outside, 'trial balance').to.equal(0n);
    let steps = 0;
    for await (const { violations } of createCore(ports).wallet.verify({
      actor: asSystem('test'),
    })) {
      expect(violations).to.deep.equal([]);
      steps += 1;
    }
    expect(steps, 'steps of the verification').to.be.greaterThan(3);
  },
  /** What the audit log says of a thing, oldest first. */
  auditOf: (subjectId: string) => ports.auditLog().filter((row) => row.subjectId === subjectId),
});

/** The notices of one kind among several. */
export const ofKind = <K extends NoticeKind>(notices: readonly Notice[], kind: K) =>
  notices.filter((notice): notice is Extract<Notice, { kind: K }> => notice.kind === kind);
