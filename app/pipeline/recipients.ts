import type { NotifierPorts, Recipient } from '../../adapters/telegram/index.ts';
import { gathering, type Addressee, type Ports, type UserId } from '../../core/index.ts';

const AT_ONCE_MAX = 100;

interface Shown {
  readonly userId: UserId;
  readonly messageId: number | null;
}

/** Whom messages go to, and what shows their screen: of many who are written to at a time in one go. */
export const createRecipients = ({
  outboxQueue,
  unitOfWork,
}: Pick<Ports, 'outboxQueue' | 'unitOfWork'>): Pick<
  NotifierPorts,
  'findRecipient' | 'noteScreen'
> => {
  const find = gathering(async (users: readonly UserId[]) => {
    const found = await outboxQueue.addressees(users);
    return users.map((user) => found.get(user));
  }, AT_ONCE_MAX);
  const note = gathering(
    (shown: readonly Shown[]) =>
      unitOfWork.run((tx) =>
        Promise.all(
          shown
            .toSorted((a, b) => a.userId.localeCompare(b.userId)) // whoever locks several does so
            .map(({ userId, messageId }) => tx.conversations.noteScreen(userId, messageId)),
        ),
      ),
    AT_ONCE_MAX,
  );
  return {
    findRecipient: async (user) => {
      const found = await find(user);
      return found && toRecipient(found);
    },
    noteScreen: (userId, messageId) => note({ userId, messageId }),
  };
};

const toRecipient = ({ channelId: chatId, ...known }: Addressee): Recipient => ({
  ...known,
  chatId,
});
