import {
  isAdmin,
  isPermitted,
  type Profile,
  type User,
  type UserId,
} from '../../../../core/index.ts';
import { press, shortId, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { Turn } from '../../turn.ts';
import { auditOfPerson } from '../audit/place.ts';
import { writeFilter } from '../campaign-desk/place.ts';
import { writePlace, type Place } from './place.ts';

/** Somebody as an admin looks at them, and where in the list they were found. */
export interface AtPerson {
  readonly userId: UserId;
  /** As `writePlace` writes it. */
  readonly place: string;
}

export const profileOf = (
  { core, actor }: Turn,
  { userId }: Pick<AtPerson, 'userId'>,
): Promise<Profile> => core.reports.profile({ actor, userId });

/** Who that is, where nothing else about them is shown. */
export const userOf = (
  { core, actor }: Turn,
  { userId }: Pick<AtPerson, 'userId'>,
): Promise<User> => core.users.show({ actor, userId });

/** A person with record, money and open things, and what can be done about them (ADM-3). */
export const showPerson = async (turn: Turn, userId: UserId, place: Place): Promise<void> => {
  const profile = await profileOf(turn, { userId });
  turn.show({
    text: turn.texts.peopleDesk.card(profile),
    keyboard: keyboardOf(turn, profile, place),
  });
};

const keyboardOf = (turn: Turn, { user, campaigns }: Profile, place: Place): Keyboard => {
  const { labels, peopleDesk: say } = turn.texts;
  const here = [shortId(user.id), writePlace(place)];
  const theirs = writeFilter({ owner: user.id });
  const rows: Keyboard = [
    [
      press(say.timeline, CODES.personTimeline, ...here),
      { label: labels.audit, data: auditOfPerson(user.id, writePlace(place)) },
    ],
    ...changes(turn, user, here),
    campaigns > 0 ? [press(say.campaigns(campaigns), CODES.allCampaigns, theirs)] : [],
    [press(labels.back, CODES.people, writePlace(place)), press(labels.home, CODES.home)],
  ];
  return rows.filter((row) => row.length > 0);
};

/** What this admin may do about this person: nothing about themselves (ACC-7). */
const changes = (
  { user: admin, texts: { peopleDesk: say } }: Turn,
  user: User,
  here: readonly string[],
): Keyboard => {
  if (user.id === admin.id) return [];
  const standing =
    user.status === 'suspended'
      ? [press(say.unsuspend, CODES.unsuspendPerson, ...here)]
      : [press(say.suspend, CODES.suspendPerson, ...here)];
  const role = press(say.changeRole, CODES.changePersonRole, ...here);
  return [
    isAdmin(user) || !isPermitted(admin, 'users')
      ? []
      : [...standing, ...(user.role === null ? [] : [role])],
    isPermitted(admin, 'money') ? [press(say.adjust, CODES.adjustWallet, ...here)] : [],
  ];
};
