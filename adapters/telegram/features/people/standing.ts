import { z } from 'zod';
import {
  isAdmin,
  refuseUser,
  requireReason,
  type Profile,
  type UserId,
} from '../../../../core/index.ts';
import { backAndCancel, choose, defineFlow, type Move } from '../../dialogue/flow.ts';
import { reasonStep } from '../../dialogue/reason-step.ts';
import { idSchema } from '../../parse.ts';
import { saying, type Turn } from '../../turn.ts';
import { profileOf, showPerson, userOf, type AtPerson } from './card.ts';
import { showPeople } from './list.ts';
import { readPlace, START } from './place.ts';

/** Somebody in a dialogue's data. */
export const atPerson = z.object({ userId: idSchema<UserId>(), place: z.string() });

export const backToPerson = (turn: Turn, { userId, place }: AtPerson): Promise<void> =>
  showPerson(turn, userId, readPlace(place));

/** What Cancel shows: the person that it was about. */
export const leave = (turn: Turn, at: AtPerson | null): Promise<void> =>
  at ? backToPerson(turn, at) : showPeople(turn, START);

/** Refuses what the core would refuse in the end, before anything is asked. */
const suspendable = async (turn: Turn, at: AtPerson): Promise<Profile> => {
  const profile = await profileOf(turn, at);
  if (isAdmin(profile.user)) throw refuseUser('user.admin-cannot-be-suspended');
  if (profile.user.status === 'suspended') throw refuseUser('user.already-suspended');
  return profile;
};

export interface Suspension extends AtPerson {
  readonly reason?: string | undefined;
}

const suspend = async (turn: Turn, at: Suspension): Promise<Move<Suspension>> => {
  const { core, actor, texts } = turn;
  const { userId, reason = '' } = at;
  await core.users.suspend({ actor, userId, reason });
  await backToPerson(saying(turn, texts.peopleDesk.suspended), at);
  return 'done';
};

/** Why, then what comes of it, then the suspension (ACC-5). */
export const suspendFlow = defineFlow<Suspension>({
  name: 'suspend',
  version: 1,
  schema: atPerson.extend({ reason: z.string().optional() }),
  steps: {
    reason: reasonStep<Suspension>({
      ask: async (turn, at) => ({
        text: turn.texts.peopleDesk.askSuspendReason((await suspendable(turn, at)).user),
      }),
      reasons: ({ peopleDesk }) => peopleDesk.suspendReasons,
      reader: async (turn, at) => (await userOf(turn, at)).language,
      given: async (_turn, at, reason) => ({
        step: 'confirm',
        data: { ...at, reason: requireReason(reason) },
      }),
    }),
    confirm: {
      draw: async (turn, at) => {
        const { peopleDesk: say } = turn.texts;
        return {
          text: say.confirmSuspend(await suspendable(turn, at), at.reason ?? ''),
          keyboard: [[choose(turn, say.suspend, 'confirm')], backAndCancel(turn)],
        };
      },
      buttons: { confirm: suspend },
      back: 'reason',
    },
  },
  leave,
});

/** Lets somebody act again, once it was said what that starts (ACC-5). */
export const unsuspendFlow = defineFlow<AtPerson>({
  name: 'unsuspend',
  version: 1,
  schema: atPerson,
  steps: {
    confirm: {
      draw: async (turn, at) => {
        const { peopleDesk: say } = turn.texts;
        return {
          text: say.confirmUnsuspend(await userOf(turn, at)),
          keyboard: [[choose(turn, say.unsuspend, 'confirm')], backAndCancel(turn)],
        };
      },
      buttons: {
        confirm: async (turn, at): Promise<Move<AtPerson>> => {
          const { core, actor, texts } = turn;
          await core.users.unsuspend({ actor, userId: at.userId });
          await backToPerson(saying(turn, texts.peopleDesk.unsuspended), at);
          return 'done';
        },
      },
    },
  },
  leave,
});
