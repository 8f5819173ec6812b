import { nothingOpen, refuseUser, type OwnRole, type User } from '../../../../core/index.ts';
import { backAndCancel, choose, defineFlow, type Move } from '../../dialogue/flow.ts';
import { saying, type Turn } from '../../turn.ts';
import { profileOf, type AtPerson } from './card.ts';
import { atPerson, backToPerson, leave } from './standing.ts';

const otherRole = ({ role }: User): OwnRole => (role === 'worker' ? 'client' : 'worker');

/** Between client and worker, while nothing of theirs is open; else what is open is said (ADM-3). */
export const roleFlow = defineFlow<AtPerson>({
  name: 'person-role',
  version: 1,
  schema: atPerson,
  steps: {
    confirm: {
      draw: async (turn, at) => {
        const { user } = await changeable(turn, at);
        const { labels, peopleDesk } = turn.texts;
        const role = otherRole(user);
        return {
          text: peopleDesk.confirmRole(user, role),
          keyboard: [[choose(turn, labels.confirm, 'confirm', role)], backAndCancel(turn)],
        };
      },
      buttons: {
        confirm: async (turn, at, shown): Promise<Move<AtPerson>> => {
          const { core, actor, texts } = turn;
          const role: OwnRole = shown === 'client' ? 'client' : 'worker';
          await core.users.changeRole({ actor, userId: at.userId, role });
          await backToPerson(saying(turn, texts.peopleDesk.roleChanged(role)), at);
          return 'done';
        },
      },
    },
  },
  leave,
});

/** Refuses what the core would refuse in the end, before anything is asked. */
const changeable = async (turn: Turn, at: AtPerson) => {
  const profile = await profileOf(turn, at);
  if (profile.user.role === 'admin') throw refuseUser('user.already-admin');
  if (!nothingOpen(profile.open)) throw refuseUser('user.things-open', profile.open);
  return profile;
};
