import { createHash } from 'node:crypto';
import { createCipher, createMemoryPorts } from '../../adapters/memory/index.ts';
import {
  asOperator,
  asRefusal,
  createCore,
  DAY_MS,
  rupiah,
  type ApprovalBatchId,
  type Core,
  type ProofId,
  type ProofStorage,
  type Settings,
  type Take,
  type TakeId,
  type UserId,
} from '../../core/index.ts';
import { createDice, type Dice } from '../support/dice.ts';
import type { ManyOrdered } from './approving.ts';
import type { Announced } from './broadcasting.ts';
import { createCrashes } from './crashes.ts';
import { createNetwork } from './network.ts';
import { recruit, type Person } from './people.ts';
import { demand } from './rule-broken.ts';
import { createShadowBooks } from './shadow-books.ts';
import { createShadowClaims } from './shadow-claims.ts';
import { createShadowMarket } from './shadow-market.ts';
import {
  createShadowCampaigns,
  createShadowDeposits,
  createShadowWithdrawals,
} from './shadow-orders.ts';
import { createShadowReview } from './shadow-review.ts';
import { createShadowWork } from './shadow-work.ts';
import { createAges, createCounts } from './tallies.ts';
import { createTimetable } from './timetable.ts';

export interface TownOptions {
  readonly users: number;
  readonly days: number;
  readonly seed: number;
  /** Crashes, duplicates and lost answers; true unless told. */
  readonly faults?: boolean;
  /** A core with a defect, to see the run fail. */
  readonly spoil?: (core: Core) => Core;
}

/** Midnight of Monday, 5 January 2026, in Jakarta. */
export const BEGINNING = new Date('2026-01-04T17:00:00.000Z');
/** How long a decision can be reversed, and so how long the past is kept. */
export const REVERSAL_DAYS = 5;
export const OPERATOR = asOperator('sim');

const SETTINGS: Partial<Settings> = {
  feeBasisPoints: 1_000,
  reversalDays: REVERSAL_DAYS,
  deskNoticeSeconds: 900,
  withdrawFee: rupiah(0n),
};

/** Names files by their content and keeps none: a disk is not what is measured here. */
const forgetfulStorage: ProofStorage = {
  put: async (bytes, type) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { path: `${sha256.slice(0, 2)}/${sha256}.${type.split('/').at(-1)}`, sha256 };
  },
  read: async () => new Uint8Array(),
};

const createFigures = () => ({
  operations: createCounts(),
  reads: createCounts(),
  refusals: createCounts(),
  survived: createCounts(),
  /** What came to pass: approvals, expiries, reversals … */
  tally: createCounts(),
  /** Audit rows that must be there, by action. */
  audit: createCounts(),
  reviewAge: createAges(),
  depositAge: createAges(),
  withdrawalAge: createAges(),
  takeToPay: createAges(),
});

export type Figures = ReturnType<typeof createFigures>;

const createShadow = (figures: Figures, moment: () => number, settings: () => Settings) => {
  const books = createShadowBooks();
  const needs = { ...figures, books, moment, settings };
  const market = createShadowMarket(needs);
  const all = { ...needs, market };
  return {
    books,
    market,
    work: createShadowWork(market, needs),
    review: createShadowReview(market, needs),
    claims: createShadowClaims(moment),
    campaigns: createShadowCampaigns(all),
    deposits: createShadowDeposits(all),
    withdrawals: createShadowWithdrawals(all),
  };
};

/** A marketplace in memory, everybody in it, and what stands between them. */
export const createTown = ({ users, days, seed, faults = true, spoil }: TownOptions) => {
  const dice = createDice(seed);
  const timetable = createTimetable(BEGINNING, dice.fork('time'));
  const ports = createMemoryPorts({ clock: timetable, settings: SETTINGS });
  let settings: Settings | undefined;
  const crashes = createCrashes(ports.unitOfWork);
  const made = createCore({
    ...ports,
    unitOfWork: crashes.unitOfWork,
    proofStorage: forgetfulStorage,
    cipher: createCipher(createHash('sha256').update(`simulation ${seed}`).digest()),
  });
  const core = spoil ? spoil(made) : made;
  const figures = createFigures();
  const currentSettings = (): Settings => {
    if (settings === undefined) throw new Error('the settings are not read yet');
    return settings;
  };
  const network = createNetwork({
    ...figures,
    core,
    inbox: ports.inbox,
    unitOfWork: crashes.unitOfWork,
    crashes,
    timetable,
    faults,
    dice: dice.fork('network'),
    sizes: () => Object.values(ports.sizes()).join(),
  });
  const people = recruit(users, days, dice.fork('people'));
  const shadow = createShadow(figures, timetable.moment, currentSettings);
  return {
    days,
    faults,
    core,
    ports,
    crashes,
    timetable,
    dice,
    network,
    figures,
    people,
    shadow,
    settings: currentSettings,
    /** Reads what stands in the settings; after every change. */
    readSettings: async (): Promise<void> => {
      settings = await core.settings.current();
    },
    ...createMemories(),
    look: looking(core, figures),
    /** What a worker has on their hands. */
    liveOf: ({ id }: Person) => (id ? [...shadow.market.loadOf(id).live.values()] : []),
    admins: (): readonly Person[] => people.filter(({ part }) => part === 'admin'),
    /** Where money was missing, the run agrees about how much there was. */
    checkMissing: (client: Person, { code, details }: { code: string; details: unknown }): void => {
      if (code !== 'wallet.insufficient' || client.id === undefined) return;
      const { balance } = details as { readonly balance: bigint };
      checkSame('CAM-4', balance, shadow.books.purseOf(client.id).wallet);
    },
    checkSame,
    /** The day of the run that it is, from 0. */
    today: (): number => Math.floor((timetable.moment() - BEGINNING.getTime()) / DAY_MS),
  };
};

export type Town = ReturnType<typeof createTown>;

/** Asks without a fault: what only looks, or fails, changes nothing. Undefined where refused. */
const looking =
  (core: Core, { reads, refusals }: Figures) =>
  async <T>(name: string, call: (from: Core) => Promise<T>): Promise<T | undefined> => {
    reads.add(name);
    try {
      return await call(core);
    } catch (error) {
      const refusal = asRefusal(error);
      if (!refusal) throw error;
      refusals.add(refusal.code);
      return undefined;
    }
  };

/** An amount of the core against the run's own. */
const checkSame = (rule: string, core: bigint, own: bigint): void =>
  demand(core === own, rule, () => `the core says ${core}, the run ${own}`);

/** The newest of something, so many at most. */
const createRing = <T>() => {
  const items: T[] = [];
  return {
    add: (item: T): void => {
      items.push(item);
      if (items.length > 400) items.splice(0, 100);
    },
    pick: (dice: Dice): T | undefined => (items.length === 0 ? undefined : dice.pick(items)),
  };
};

/** What people in the town remember, beside what the core knows. */
const createMemories = () => {
  let [pictures, keys] = [0, 0];
  return {
    /** Takes whose proof shows nothing of the kind. */
    frauds: new Set<TakeId>(),
    suspended: new Set<UserId>(),
    suspects: new Set<UserId>(),
    /** Orders to approve many that are not done. */
    manyOrdered: new Map<ApprovalBatchId, ManyOrdered>(),
    /** Broadcasts that have not ended, with whom they have reached. */
    announced: new Map() as Announced,
    persons: new Map<UserId, Person>(),
    /** Lately decided proofs, for whoever has doubts. */
    recent: createRing<ProofId>(),
    takes: createRing<Pick<Take, 'id' | 'workerId'>>(),
    /** A key of a dialogue of its own. */
    key: (): string => {
      keys += 1;
      return `sim-${keys}`;
    },
    /** A picture that nobody took before. */
    picture: (): Uint8Array => {
      pictures += 1;
      const text = pictures.toString(36).padStart(8, '0');
      return Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...Buffer.from(text)]);
    },
  };
};
