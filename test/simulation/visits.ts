import {
  MINUTE_MS,
  type OwnRole,
  type StoredFile,
  type UseCases,
  type User,
} from '../../core/index.ts';
import type { Answer, Request } from './network.ts';
import { actorOf, type Person } from './people.ts';
import { demand } from './rule-broken.ts';
import type { Town } from './town.ts';

/** Asks for something in a person's name. */
export const ask = <T>(
  town: Town,
  person: Person,
  request: Omit<Request<T>, 'actor' | 'lane'>,
): Promise<Answer<T>> => {
  person.lastDay = town.today();
  return town.network.send({ ...request, actor: actorOf(person), lane: person.telegramId });
};

/** What a request gave, or undefined. */
export const given = <T>(answer: Answer<T>): T | undefined =>
  answer.done ? answer.value : undefined;

export const minutes = (town: Town, from: number, to: number): Promise<void> =>
  town.timetable.pause(town.dice.between(from * MINUTE_MS, to * MINUTE_MS));

const register = async (town: Town, person: Person): Promise<User | undefined> => {
  const { telegramId, name: displayName } = person;
  const names = { username: `u${telegramId}`, displayName };
  const languageCode = telegramId % 5 === 0 ? 'en' : 'id';
  const isNew = person.id === undefined;
  const answer = await town.network.send({
    name: 'users.register',
    actor: { kind: 'system', job: 'sim' },
    call: (core) => core.users.register({ telegramId, ...names, languageCode }),
    says: ({ user }) => user.id,
  });
  const registered = given(answer);
  if (!registered) return undefined;
  const { user, termsDue } = registered;
  person.id = user.id;
  town.persons.set(user.id, person);
  if (isNew && town.dice.chance(0.1)) {
    await ask(town, person, {
      name: 'users.setLanguage',
      call: (core) => core.users.setLanguage({ actor: actorOf(person), language: 'en' }),
    });
  }
  if (!termsDue) return user;
  const version = town.settings().termsVersion;
  const accepted = await ask(town, person, {
    name: 'users.acceptTerms',
    call: (core) => core.users.acceptTerms({ actor: actorOf(person), version }),
  });
  return given(accepted);
};

const choose = async (town: Town, person: Person, role: OwnRole): Promise<boolean> => {
  const answer = await ask(town, person, {
    name: 'users.chooseRole',
    call: (core) => core.users.chooseRole({ actor: actorOf(person), role }),
  });
  if (!answer.done)
    await town.look('users.openThings', (core) =>
      core.users.openThings({ actor: actorOf(person) }),
    );
  return answer.done;
};

/** /start: whether the person can now do what they came for. */
export const enter = async (town: Town, person: Person): Promise<boolean> => {
  const knowsThem = person.id !== undefined && !person.isAway;
  if (knowsThem && town.settings().termsVersion === 1 && town.dice.chance(0.6)) return true;
  person.isAway = false;
  const user = await register(town, person);
  if (!user || user.status === 'suspended') return false;
  if (person.part === 'admin') return user.role === 'admin';
  if (user.role === person.part) return true;
  return user.role === null && choose(town, person, person.part);
};

/** Tries the other side of the market for a day, where nothing is open. */
export const switchRole = async (town: Town, person: Person): Promise<void> => {
  const other: OwnRole = person.part === 'worker' ? 'client' : 'worker';
  if (!(await choose(town, person, other))) return;
  await minutes(town, 5, 30);
  await choose(town, person, person.part === 'admin' ? 'worker' : person.part);
};

/** Asks for what this person may not have: an answer that is no refusal ends the run. */
export const forbidden = (
  town: Town,
  person: Person,
  { name, call }: { name: string; call: (core: UseCases) => Promise<unknown> },
) =>
  ask(town, person, {
    name,
    call,
    learn: ({ done }) => demand(!done, 'ACC-6', () => `${person.name} was let through at ${name}`),
  });

/** Keeps a picture, before the request that refers to it. */
export const keepFile = async (
  town: Town,
  use: 'storeScreenshot' | 'storeTransferProof',
  bytes: Uint8Array,
): Promise<StoredFile | undefined> =>
  given(
    await town.network.send({
      name: `files.${use}`,
      actor: { kind: 'system', job: 'sim' },
      call: (core) => core.files[use]({ bytes, maxBytes: town.settings().proofBytesMax }),
      says: ({ sha256Stored }) => sha256Stored,
    }),
  );
