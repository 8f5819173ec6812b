import type { Logger } from '../../adapters/logging/index.ts';
import type { OwnerChat, Unheard } from '../../adapters/telegram/index.ts';
import type { Actor, Core } from '../../core/index.ts';

const AGAIN_MS = 3_600_000;

/** What the owner has to hear (WAL-13). */
export interface OwnerNews {
  /**
   * Tells what the owner has not heard of: of a freeze that a check began, and of one that was
   * lifted by a command. A chat that cannot be told is a line in the log and no fault: the next call
   * tries it again.
   */
  tell(core: Pick<Core, 'freeze'>, actor: Actor): Promise<void>;
  /** Writes a line where the chat cannot be reached: better than at the first alarm. */
  tryOut(): Promise<void>;
}

export interface OwnerNewsParts {
  readonly ownerChat: OwnerChat;
  readonly log: Logger;
  readonly now?: () => number;
}

/** See {@link OwnerNews}. */
export const createOwnerNews = ({
  ownerChat,
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
    tell: async ({ freeze: freezes }, actor) => {
      for (const freeze of await freezes.ownerNews({ actor })) {
        const why = await ownerChat.tell(freeze);
        if (why) return say(why);
        said = undefined;
        // After a crash before this it is told again, which does no harm.
        await freezes.noteOwnerTold({ actor, freezeId: freeze.id, news: freeze.news });
      }
    },
    tryOut: async () => {
      const why = await ownerChat.reach();
      if (why) log.warn(UNREACHABLE, { ...why });
    },
  };
};

const UNREACHABLE =
  'the owner chat cannot be reached, and would hear no alarm: is OWNER_CHAT_ID right, and was the ' +
  'bot that writes there started or added to the group?';
