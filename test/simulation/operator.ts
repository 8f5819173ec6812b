import { PERMISSIONS, rupiah, type Permission, type Settings } from '../../core/index.ts';
import { takeProfit } from './by-hand.ts';
import { actorOf, type Person } from './people.ts';
import { OPERATOR, type Town } from './town.ts';
import { rewriteTerms } from './tuning.ts';
import { enter } from './visits.ts';

const command = <T>(town: Town, name: string, call: () => Promise<T>) =>
  town.network.send({ name, actor: OPERATOR, call });

const grant = (town: Town, { telegramId }: Person) =>
  command(town, 'users.grantAdmin', () =>
    town.core.users.grantAdmin({ actor: OPERATOR, telegramId }),
  );

/** Names the admins before they have come, some by the configuration; then they come. */
export const openOffice = async (town: Town): Promise<void> => {
  const [named, ...others] = town.admins();
  if (named === undefined) throw new Error('a town needs admins');
  await command(town, 'users.applyConfiguredAdmins', () =>
    town.core.users.applyConfiguredAdmins({ actor: OPERATOR, telegramIds: [named.telegramId] }),
  );
  for (const admin of others) await grant(town, admin);
  await Promise.all([named, ...others].map((admin) => enter(town, admin)));
};

/** For some hours an admin may do less than everything (ADM-1). */
const narrow = async (town: Town): Promise<void> => {
  const { telegramId } = town.dice.pick(town.admins());
  const permit = (permissions: readonly Permission[]) =>
    command(town, 'users.setPermissions', () =>
      town.core.users.setPermissions({ actor: OPERATOR, telegramId, permissions }),
    );
  await permit(PERMISSIONS.filter((permission) => permission !== town.dice.pick(PERMISSIONS)));
  await town.timetable.pause(town.dice.between(3_600_000, 5 * 3_600_000));
  await permit(PERMISSIONS);
};

/** What changes in the settings while the market runs (ADM-4), by the share of days that are gone. */
const CHANGES: readonly (readonly [number, Partial<Settings>])[] = [
  [0.2, { withdrawFee: rupiah(1_000n), holdMinutes: 20, secondAdminAbove: rupiah(20_000n) }],
  [0.4, { feeBasisPoints: 725, pricePerTaskMin: rupiah(300n) }],
  [0.6, { feeBasisPoints: 0, takenAtOnceMax: 5, deskNoticeSeconds: 3_600 }],
  [0.8, { feeBasisPoints: 1_250, withdrawFee: rupiah(0n), proofsPerDayMax: 12 }],
];

/** Looks at the books each morning; lets somebody go now and then, and takes them back. */
export const operatorMorning = async (town: Town): Promise<void> => {
  const today = town.today();
  for (const [share, change] of CHANGES) {
    if (Math.floor(share * town.days) !== today) continue;
    town.ports.changeSettings(change);
    await town.readSettings();
    town.network.write(`${town.timetable.moment()} settings ${Object.keys(change).join()}`);
  }
  if (Math.floor(town.days / 2) === today) await rewriteTerms(town);
  await town.look('users.admins', (core) => core.users.admins({ actor: OPERATOR }));
  await town.look('wallet.trialBalance', (core) => core.wallet.trialBalance({ actor: OPERATOR }));
  await town.look('wallet.ledger', (core) =>
    core.wallet.ledger({ actor: OPERATOR, accounts: 60, postings: 20 }),
  );
  await town.look('audit.unsealedSeconds', (core) =>
    core.audit.unsealedSeconds({ actor: OPERATOR }),
  );
  if (today % 3 === 2) await takeProfit(town);
  if (today % 4 === 1) await narrow(town);
  if (today % 6 !== 5) return;
  const admin = town.dice.pick(town.admins());
  const { telegramId } = admin;
  await command(town, 'users.revokeAdmin', () =>
    town.core.users.revokeAdmin({ actor: OPERATOR, telegramId }),
  );
  await town.timetable.pause(town.dice.between(3_600_000, 5 * 3_600_000));
  await grant(town, admin);
  await town.look('wallet.history', (core) =>
    core.wallet.history({ actor: actorOf(admin), page: { page: 0, size: 10 } }),
  );
};
