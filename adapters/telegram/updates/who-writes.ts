import {
  recognize,
  type Conversation,
  type Register,
  type Registered,
  type TakenUpdate,
  type Today,
  type Tx,
} from '../../../core/index.ts';
import type { Sender } from './incoming.ts';

/** A person as their account says. */
export const personOf = (from: Sender): Register => ({
  telegramId: from.id,
  username: from.username ?? null,
  displayName: [from.first_name, from.last_name].filter(Boolean).join(' '),
  languageCode: from.language_code,
});

/** Most who write are known, and nothing about them has changed: then there is nothing to write. */
export const recognized = (
  { person }: TakenUpdate,
  from: Sender,
  today: Today,
): Registered | undefined =>
  person?.user.telegramId === from.id ? recognize(person, personOf(from), today) : undefined;

interface Coming {
  readonly taken: TakenUpdate;
  readonly registered: Registered;
}

/** Where the person is in their dialogue; nowhere, where that was too long ago. */
export const conversationOf = async (
  tx: Tx,
  { taken: { person }, registered: { user } }: Coming,
  now: Date,
): Promise<Conversation> => {
  const stored =
    person?.user.id === user.id ? person.conversation : await tx.conversations.find(user.id);
  const nowhere = { flow: null, step: null, version: 0, data: null, expiresAt: null };
  if (!stored) return { userId: user.id, ...nowhere, screenMessageId: null, revision: 0 };
  const expired = stored.expiresAt !== null && stored.expiresAt.getTime() < now.getTime();
  return expired ? { ...stored, ...nowhere } : stored;
};
