import {
  asOperator,
  DAY_MS,
  DEFAULT_SETTINGS,
  MINUTE_MS,
  rupiah,
  type Role,
  type Settings,
  type Tx,
  type User,
} from '../../core/index.ts';
import { aCredit, aUser, freshNumber } from '../support/builders.ts';
import { postTold } from '../support/post-told.ts';
import { emptyWorld, move, TERMS, walletOf, type World } from './world.ts';

/** The model's terms as the marketplace's settings. */
export const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  amountMax: rupiah(TERMS.amountMax),
  pricePerTaskMin: rupiah(TERMS.priceMin),
  targetMax: TERMS.targetMax,
  feeBasisPoints: Number(TERMS.feeBasisPoints),
  holdMinutes: TERMS.holdMs / MINUTE_MS,
  takenAtOnceMax: TERMS.takenAtOnceMax,
  rejectionsMax: TERMS.rejectionsMax,
  proofsPerDayMax: TERMS.proofsPerDayMax,
  reversalDays: TERMS.reversalMs / DAY_MS,
  depositMin: rupiah(TERMS.depositMin),
  depositMax: rupiah(TERMS.depositMax),
  depositsPendingMax: TERMS.depositsPendingMax,
  withdrawMin: rupiah(TERMS.withdrawMin),
  withdrawFee: rupiah(TERMS.withdrawFee),
  withdrawalsPendingMax: TERMS.withdrawalsPendingMax,
  withdrawPerDayMax: rupiah(TERMS.withdrawPerDayMax),
  secondAdminAbove: rupiah(TERMS.secondAdminAbove),
  termsVersion: TERMS.termsVersion,
};

const START = 15_000;

const PARTS: readonly (readonly [name: string, role: Role])[] = [
  ['client 1', 'client'],
  ['client 2', 'client'],
  ['worker 1', 'worker'],
  ['worker 2', 'worker'],
  ['worker 3', 'worker'],
  ['admin 1', 'admin'],
  ['admin 2', 'admin'],
];

/** Enters the people of a script, clients with some money; gives the world as it is then. */
export const enterCast = async (tx: Tx, now: number): Promise<World> => {
  const world = emptyWorld(now);
  for (const [name, role] of PARTS) {
    const at = new Date(now);
    const user = await tx.users.add(aUser({ role, displayName: name, createdAt: at }));
    await noteRole(tx, user, at);
    enter(world, user, name);
    if (role !== 'client') continue;
    await postTold(tx, aCredit(user.id, START, { createdAt: at }));
    move(world, 'outside', walletOf(user.id), BigInt(START));
  }
  return world;
};

const noteRole = (tx: Tx, { id, role }: User, at: Date): Promise<void> =>
  tx.audit.append({
    actor: asOperator('model'),
    action: 'user.role',
    subject: 'user',
    subjectId: id,
    before: null,
    after: { role },
    at,
  });

/** Who was an admin in an earlier script is none any more: all hear of what comes to a desk. */
export const retireAdmins = async (tx: Tx, now: number): Promise<void> => {
  for (const admin of await tx.users.admins()) {
    const retired = { ...admin, role: null, formerRole: null, permissions: [] };
    await tx.users.save(retired);
    await noteRole(tx, retired, new Date(now));
  }
};

const enter = (
  world: World,
  { id, telegramId, role, permissions: may }: User,
  name: string,
): void => {
  const life = { role, former: null, may, isSuspended: false, hasAccepted: true, earned: 0n };
  const lines = role === 'client' ? 1 : 0;
  world.people.set(id, { id, name, telegramId, ...life, lines });
};

/** People who have not spoken yet. */
export const strangers = (): readonly number[] => [freshNumber(), freshNumber()];
