import {
  asUser,
  PERMISSIONS,
  TO_SEE_PEOPLE,
  type Actor,
  type Core,
  type Permission,
} from '../../core/index.ts';
import { aFile, freshId } from '../support/builders.ts';
import { anOrder, type People } from '../support/market.ts';
import { anApproval } from './approval-use-cases.ts';

/**
 * Who may use a use case; `own`: any role, each only on what is theirs; a permission, or several of
 * which one will do: admins who have it (ADM-1).
 */
export type Allowed =
  | 'client'
  | 'worker'
  | 'admin'
  | Permission
  | 'users or money'
  | 'own'
  | 'anybody'
  | 'operator'
  | 'no actor';

/** The permissions any of which lets an admin use it; none where it takes no permission. */
export const permissionsFor = (allowed: Allowed): readonly Permission[] =>
  allowed === 'users or money'
    ? TO_SEE_PEOPLE
    : PERMISSIONS.filter((permission) => permission === allowed);

/** Only an admin may, any one or one with a permission. */
export const isForAdmins = (allowed: Allowed): boolean =>
  allowed === 'admin' || permissionsFor(allowed).length > 0;

/** One of everything that somebody could act on. */
export const aScene = async (market: People) => {
  const [client, worker] = [await market.client(), await market.worker()];
  const campaign = await market.campaign(client);
  const decided = await market.proof(await market.worker(), campaign);
  await market.reject(decided);
  const proof = await market.proof(await market.worker(), campaign);
  const take = await market.take(worker, campaign);
  const deposit = await market.request(client, 10_000);
  await market.topUp(client, 50_000);
  const withdrawal = await market.withdraw(client, 10_000);
  await market.endorse(withdrawal);
  const saver = await market.client();
  await market.topUp(saver, 50_000);
  // top-up money, which nobody has endorsed yet
  const unendorsed = await market.withdraw(saver, 10_000);
  // of requests that may be sent twice
  const [order, file, key] = [anOrder(), aFile(), freshId<never>() as string];
  const { batch } = await anApproval(market, proof);
  const things = { campaign, decided, proof, take, deposit, withdrawal, unendorsed, batch };
  // with nothing open
  const outsider = await market.client();
  return { client, worker, outsider, ...things, order, file, key };
};

export type Scene = Awaited<ReturnType<typeof aScene>>;
export type Call = (core: Core, actor: Actor, scene: Scene) => Promise<unknown>;

/** As `scene`, with ids of things that do not exist. */
export const unknown = (scene: Scene): Scene => ({
  ...scene,
  campaign: { ...scene.campaign, id: freshId() },
  proof: { ...scene.proof, id: freshId() },
  decided: { ...scene.decided, id: freshId() },
  take: { ...scene.take, id: freshId() },
  deposit: { ...scene.deposit, id: freshId() },
  withdrawal: { ...scene.withdrawal, id: freshId() },
  unendorsed: { ...scene.unendorsed, id: freshId() },
  batch: { ...scene.batch, id: freshId() },
});

/** Somebody whom nobody knows. */
export const NOBODY = asUser(freshId());
