import type { PostgresPorts } from '../../adapters/postgres/index.ts';
import { startSandbox, type Sandbox } from '../../adapters/sandbox/index.ts';
import { readConfig } from '../../app/config.ts';
import { createCore, rupiah, shareRoundedUp, type Role } from '../../core/index.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import { portsAround } from '../support/ports-around.ts';
import { temporaryDir } from '../support/server.ts';
import { UNHURRIED } from '../support/unhurried.ts';
import type { Happened, Terms } from './money/books.ts';
import type { Operation } from './money/operations.ts';
import { perform, type Stage } from './money/perform.ts';
import { enterPeople, newcomers, openPorts, seedsOf } from './people.ts';
import type { Crowd } from './presses.ts';
import { dropPending } from './settled.ts';

/** Fees and limits under which the people of a run live: the environment of every process in it. */
export const TOWN_RULES = {
  ...UNHURRIED,
  FEE_BASIS_POINTS: '500',
  WITHDRAW_FEE: '100',
  WITHDRAW_MIN: '500',
  WITHDRAW_PER_DAY_MAX: '1000000000',
  DEPOSITS_PENDING_MAX: '100',
  TAKEN_AT_ONCE_MAX: '100',
  PROOFS_PER_DAY_MAX: '10000',
  HOLD_MINUTES: '10000',
} as const;

export const { settings: TOWN_SETTINGS } = readConfig(TOWN_RULES);

export const feeOf = (price: bigint): bigint =>
  shareRoundedUp(rupiah(price), TOWN_SETTINGS.feeBasisPoints);

/** People with phones, the Telegram that they use, and the database that knows them. */
export interface Town {
  readonly sandbox: Sandbox;
  readonly ports: PostgresPorts;
  readonly crowd: Crowd;
  /** What the books of this town must say of fees and of who hears from a desk. */
  readonly terms: Terms;
}

export interface TownParts {
  readonly ground: DatabaseUrls;
  readonly cleanup: Cleanup;
}

/** How many of each. */
export type Inhabitants = Readonly<Record<keyof Crowd, number>>;

const FIRST: Readonly<Record<keyof Crowd, number>> = {
  clients: 200_000,
  workers: 210_000,
  admins: 220_000,
};

/** Everybody is registered and has spoken, and the bot need not answer that. */
export const foundTown = async (
  { ground, cleanup }: TownParts,
  inhabitants: Inhabitants,
): Promise<Town> => {
  const inRole = (what: keyof Crowd, role: Role) =>
    newcomers(inhabitants[what], FIRST[what], { role, reachable: true });
  const clients = inRole('clients', 'client');
  const workers = inRole('workers', 'worker');
  const admins = inRole('admins', 'admin');
  const sandbox = await startSandbox({ people: seedsOf([...clients, ...workers, ...admins]) });
  cleanup.later(() => sandbox.stop());
  const ports = await openPorts(ground, cleanup, TOWN_SETTINGS);
  const crowd = {
    clients: await enterPeople(ports, clients),
    workers: await enterPeople(ports, workers),
    admins: await enterPeople(ports, admins),
  };
  for (const { id } of await sandbox.client.people()) await sandbox.client.say(id, '/start');
  await dropPending(sandbox);
  const { withdrawFee } = TOWN_SETTINGS;
  const terms = { feeOf, withdrawFee, reachableAdmins: crowd.admins.map(({ id }) => id) };
  return { sandbox, ports, crowd, terms };
};

/** Does operations in this very process, and keeps the books of them. */
export const clerkOf = (
  { ports }: Pick<Town, 'ports'>,
  cleanup: Cleanup,
): { readonly done: readonly Happened[]; submit(operation: Operation): Promise<string> } => {
  const around = portsAround(ports, temporaryDir(cleanup));
  const nothing = () => Promise.reject(new Error('the clerk neither withdraws nor proves'));
  const stage: Stage = { core: createCore(around), numberOf: () => '' as never, proofOf: nothing };
  const done: Happened[] = [];
  return {
    done,
    submit: async (operation) => {
      const id = await perform(stage, operation);
      done.push({ operation, id });
      return id;
    },
  };
};
