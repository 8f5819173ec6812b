import { PERMISSIONS, type UserId } from '../../../core/index.ts';
import { openThings } from '../facts.ts';
import { TERMS, type Person, type World } from '../world.ts';
import { acting, done, refused, unless, type Answer, type Rules } from './answer.ts';
import { suspendCampaigns, unsuspendCampaigns } from './campaigns.ts';
import { returnTakes } from './tasks.ts';

const byTelegram = (world: World, telegramId: number): Person | undefined =>
  [...world.people.values()].find((person) => person.telegramId === telegramId);

const hasOpen = (world: World, { id }: Person): boolean =>
  Object.values(openThings(world, id)).some((count) => count > 0);

const makeAdmin = (person: Person): void => {
  person.former = person.role;
  person.role = 'admin';
  person.may = PERMISSIONS;
};

const newcomer = (id: string, telegramId: number): Person => ({
  id: id as UserId,
  name: `newcomer ${telegramId}`,
  telegramId,
  role: null,
  former: null,
  may: [],
  isSuspended: false,
  hasAccepted: false,
  earned: 0n,
  lines: 0,
});

/** ACC-5: an admin who is fit, or the operator. */
const maySuspend = (world: World, by: string): Answer | undefined => {
  if (by === 'operator') return undefined;
  const who = acting(world, by as UserId, 'admin', 'users');
  return 'no' in who ? who.no : undefined;
};

export const PEOPLE_RULES: Pick<Rules, Extract<keyof Rules, `user.${string}`>> = {
  'user.register': (world, { telegramId }, made) => {
    const known = byTelegram(world, telegramId);
    const person = known ?? newcomer(made, telegramId);
    world.people.set(person.id, person);
    const waits = person.role !== 'admin' && !person.isSuspended && !hasOpen(world, person);
    if (waits && world.grants.get(telegramId) === 'granted') makeAdmin(person);
    return done(known ? 'known' : 'new', person.id);
  },
  'user.accept-terms': (world, { by, version }) => {
    const person = world.people.get(by as UserId);
    if (!person) return refused('not-found');
    if (version !== TERMS.termsVersion) return refused('user.terms-outdated');
    person.hasAccepted = true;
    return done();
  },
  'user.choose-role': (world, { by, role }) => {
    const person = world.people.get(by as UserId);
    if (!person) return refused('not-found');
    const no = unless({
      'user.suspended': person.isSuspended,
      'user.terms-not-accepted': !person.hasAccepted,
      'user.already-admin': person.role === 'admin',
      'user.things-open': person.role !== 'admin' && person.role !== role && hasOpen(world, person),
    });
    if (no) return no;
    person.role = role;
    return done();
  },
  'user.grant-admin': (world, { by, telegramId }) => {
    if (by !== 'operator') return refused('user.operator-required');
    const person = byTelegram(world, telegramId);
    const no =
      person &&
      unless({
        'user.already-admin': person.role === 'admin',
        'user.suspended': person.isSuspended,
        'user.things-open': hasOpen(world, person),
      });
    if (no) return no;
    world.grants.set(telegramId, 'granted');
    if (!person) return done('kept');
    makeAdmin(person);
    return done('granted');
  },
  'user.revoke-admin': (world, { by, telegramId }) => {
    if (by !== 'operator') return refused('user.operator-required');
    world.grants.set(telegramId, 'revoked');
    const person = byTelegram(world, telegramId);
    if (person?.role !== 'admin') return done('kept');
    person.role = person.former;
    person.former = null;
    person.may = [];
    return done('revoked');
  },
  'user.permit': (world, { by, telegramId, may }) => {
    if (by !== 'operator') return refused('user.operator-required');
    const person = byTelegram(world, telegramId);
    const no = unless({
      'user.no-permission-named': may.length === 0,
      'not-found': !person,
      'user.not-admin': person !== undefined && person.role !== 'admin',
    });
    if (no || !person) return no ?? refused('not-found');
    if (person.may.join() === may.join()) return done();
    person.may = may;
    return done();
  },
  'user.change-role': (world, { by, id, role }) => {
    const who = acting(world, by, 'admin', 'users');
    if ('no' in who) return who.no;
    const person = world.people.get(id);
    if (who.person.id === id) return refused('user.own');
    if (!person) return refused('not-found');
    const isOther = person.role !== 'admin' && person.role !== role;
    const no = unless({
      'user.already-admin': person.role === 'admin',
      'user.things-open': isOther && hasOpen(world, person),
    });
    if (no) return no;
    person.role = role;
    return done();
  },
  'user.suspend': (world, { by, id, reason }) => {
    const no = maySuspend(world, by);
    if (no) return no;
    if (reason === '') return refused('reason.required');
    const person = world.people.get(id);
    if (!person) return refused('not-found');
    const cannot = unless({
      'user.own': by === id,
      'user.admin-cannot-be-suspended': by !== id && person.role === 'admin',
      'user.already-suspended': person.isSuspended,
    });
    if (cannot) return cannot;
    person.isSuspended = true;
    returnTakes(world, id);
    suspendCampaigns(world, id);
    return done();
  },
  'user.unsuspend': (world, { by, id }) => {
    const no = maySuspend(world, by);
    if (no) return no;
    const person = world.people.get(id);
    if (!person) return refused('not-found');
    if (!person.isSuspended) return refused('user.not-suspended');
    person.isSuspended = false;
    unsuspendCampaigns(world, id);
    return done();
  },
};
