import type { Logger } from '../../adapters/logging/index.ts';
import type { OwnerChat, Unheard } from '../../adapters/telegram/index.ts';
import type { Actor, Core } from '../../core/index.ts';

const AGAIN_MS = 3_600_000;

/** What news for the owner are read from. */
export type NewsCore = Pick<Core, 'freeze' | 'owner' | 'wellbeing'>;

/** What the owner has to hear (WAL-13). */
export interface OwnerNews {
  /**
   * Tells what the owner has not heard of: of a freeze that a check began, and of one that was
   * lifted by a command; what admins and operators did by hand; and once a day how everything
   * stands. A chat that cannot be told is a line in the log and no fault: the next call tries it
   * again.
   */
  tell(core: NewsCore, actor: Actor): Promise<void>;
  /** Writes a line where the chat cannot be reached: better than at the first alarm. */
  tryOut(): Promise<void>;
}

export interface OwnerNewsParts {
  readonly ownerChat: OwnerChat;
  /** Whose inbox the owner hears of. */
  readonly botId: number;
  readonly log: Logger;
  readonly now?: () => number;
}

/** See {@link OwnerNews}. */
export const createOwnerNews = ({
  ownerChat,
  botId,
  log,
  now = () => performance.now(),
}: OwnerNewsParts): OwnerNews => {
  /** It is tried each minute: the same words are written once an hour. */
  let said: { readonly words: string; readonly at: number } | undefined;
  const say = (why: Unheard): void => {
    const words = JSON.stringify(why);
    if (said?.words === words && now() - said.at < AGAIN_MS) return;
    said = { words, at: now() };
    log.error('the owner chat could not be told', { ...why });
  };
  return {
    tell: async (core, actor) => {
      for await (const { tell, note } of piecesOf(core, { ownerChat, actor, botId })) {
        const why = await tell();
        if (why) return say(why);
        said = undefined;
        // After a crash before this it is told again, which does no harm.
        await note();
      }
    },
    tryOut: async () => {
      const why = await ownerChat.reach();
      if (why) log.warn(UNREACHABLE, { ...why });
    },
  };
};

interface Piece {
  readonly tell: () => Promise<Unheard | undefined>;
  /** Notes that it was told. */
  readonly note: () => Promise<void>;
}

/** What is to be told, the most urgent first; each is read when all before it were told. */
async function* piecesOf(
  { freeze: freezes, owner, wellbeing }: NewsCore,
  asked: Pick<OwnerNewsParts, 'ownerChat' | 'botId'> & { readonly actor: Actor },
): AsyncIterable<Piece> {
  const { ownerChat, actor, botId } = asked;
  for (const freeze of await freezes.ownerNews({ actor })) {
    const { id: freezeId, news } = freeze;
    const note = () => freezes.noteOwnerTold({ actor, freezeId, news });
    yield { tell: () => ownerChat.tell(freeze), note };
  }
  for (const notice of await owner.untold({ actor })) {
    const note = () => owner.noteTold({ actor, id: notice.id });
    yield { tell: () => ownerChat.tellNews(notice), note };
  }
  const due = await wellbeing.due({ actor, botId });
  if (!due) return;
  const note = () => wellbeing.noteTold({ actor, day: due.day });
  yield { tell: () => ownerChat.tellWellbeing(due), note };
}

const UNREACHABLE =
  'the owner chat cannot be reached, and would hear no alarm: is OWNER_CHAT_ID right, and was the ' +
  'bot that writes there started or added to the group?';
