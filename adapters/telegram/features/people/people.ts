import { Composer } from 'telegraf';
import { TO_SEE_PEOPLE, type Needed, type UserId } from '../../../../core/index.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { requireId } from '../../parse.ts';
import { onCode, onLabel, requireRight } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { adjustFlow, UNANSWERED } from './adjust.ts';
import { showPerson, type AtPerson } from './card.ts';
import { peopleFlow, showPeople } from './list.ts';
import { readPlace, START, writePlace } from './place.ts';
import { roleFlow } from './role.ts';
import { suspendFlow, unsuspendFlow } from './standing.ts';
import { timelineFlow } from './timeline.ts';

/** The desk of people: search, profile, timeline, standing, role, adjustment (ADM-3, WAL-10). */
export const peopleFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onLabel(composer, 'people', (turn) => {
    requireRight(turn, TO_SEE_PEOPLE);
    return showPeople(turn, START);
  });
  onCode(composer, CODES.people, (turn, argument) => {
    requireRight(turn, TO_SEE_PEOPLE);
    return showPeople(turn, readPlace(argument));
  });
  onCode(
    composer,
    CODES.person,
    about(TO_SEE_PEOPLE, (turn, { userId, place }) => showPerson(turn, userId, readPlace(place))),
  );
  onCode(
    composer,
    CODES.personTimeline,
    about(TO_SEE_PEOPLE, (turn, at) => timelineFlow.start(turn, 'events', { ...at, from: null })),
  );
  onCode(
    composer,
    CODES.suspendPerson,
    about('users', (turn, at) => suspendFlow.start(turn, 'reason', at)),
  );
  onCode(
    composer,
    CODES.unsuspendPerson,
    about('users', (turn, at) => unsuspendFlow.start(turn, 'confirm', at)),
  );
  onCode(
    composer,
    CODES.changePersonRole,
    about('users', (turn, at) => roleFlow.start(turn, 'confirm', at)),
  );
  onCode(
    composer,
    CODES.adjustWallet,
    about('money', (turn, at) => adjustFlow.start(turn, 'direction', { ...at, ...UNANSWERED })),
  );
  return composer;
};

export const peopleFlows = [
  peopleFlow,
  timelineFlow,
  suspendFlow,
  unsuspendFlow,
  roleFlow,
  adjustFlow,
] as const;

/** A button that carries a person and where they were found. */
const about =
  (needed: Needed, act: (turn: Turn, at: AtPerson) => Promise<void>) =>
  (turn: Turn, argument = ''): Promise<void> => {
    requireRight(turn, needed);
    const [short, ...rest] = argument.split(':');
    const userId = requireId<UserId>(short, 'user');
    return act(turn, { userId, place: writePlace(readPlace(rest.join(':'))) });
  };
