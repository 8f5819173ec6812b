import { FEEDER } from '../../support/broadcasts.ts';
import { createChat, type ChatPerson } from '../../support/chat.ts';

/** An admin, and so many workers, who speak Indonesian unless told otherwise. */
export const aStudio = async (workers: number, languageCode = 'id') => {
  const chat = createChat();
  const admin = await chat.admin({ firstName: 'Dewi', languageCode });
  const people: ChatPerson[] = [];
  for (let made = 0; made < workers; made += 1) people.push(await chat.worker({ languageCode }));
  const feed = async (limit = 300): Promise<number> => {
    const moved = await chat.core.broadcasts.feed({ actor: FEEDER, limit });
    await chat.deliver();
    return moved;
  };
  return {
    chat,
    admin,
    people,
    feed,
    feedAll: async () => {
      while ((await feed()) > 0);
    },
    /** What somebody was told in messages of their own. */
    told: (who: ChatPerson) => who.notices().map(({ text }) => text),
    /** The message that shows the admin how far it is. */
    progress: () => {
      const found = admin.notices().filter(({ text }) => /▰|▱/.test(text));
      if (found.length !== 1) throw new Error(`${found.length} messages show the progress`);
      return found[0] as (typeof found)[number];
    },
  };
};
