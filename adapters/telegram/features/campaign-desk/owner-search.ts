import { z } from 'zod';
import { requireText, type UserId } from '../../../../core/index.ts';
import { NEXT_PAGE, shortId, longId, type Keyboard } from '../../buttons.ts';
import {
  backAndCancel,
  choose,
  defineFlow,
  type Move,
  type StartableFlow,
} from '../../dialogue/flow.ts';
import { findPage } from '../../parse.ts';
import type { Screen } from '../../screen.ts';
import type { Turn } from '../../turn.ts';
import { showAllCampaigns, showFilter } from './list.ts';
import { readPlace, writeFilter } from './place.ts';

interface Search {
  /** As `writeFilter` writes it. */
  readonly filter: string;
  readonly text?: string | undefined;
  readonly page?: number | undefined;
}

/** As long as a name may be. */
const TEXT_MAX = 64;

/** Whose campaigns: typed @username, name or id, then chosen (ADM-3). */
export const campaignOwnerFlow: StartableFlow<Search> = defineFlow<Search>({
  name: 'campaign-owner',
  version: 1,
  schema: z.object({
    filter: z.string().max(40),
    text: z.string().optional(),
    page: z.number().int().min(0).optional(),
  }),
  steps: {
    ask: {
      draw: (turn, search) =>
        search.text === undefined
          ? { text: turn.texts.campaignDesk.askOwner, keyboard: [backAndCancel(turn)] }
          : found(turn, search, search.text),
      text: (_turn, { filter }, text) => ({
        step: 'ask',
        data: { filter, text: requireText(text, TEXT_MAX) },
      }),
      buttons: {
        page: (_turn, search, page) => ({ step: 'ask', data: { ...search, page: Number(page) } }),
        pick: async (turn, { filter }, short): Promise<Move<Search>> => {
          const owner = longId<UserId>(short);
          await showAllCampaigns(turn, writeFilter({ ...readPlace(filter).filter, owner }));
          return 'done';
        },
      },
    },
  },
  leave: (turn, search) => showFilter(turn, search?.filter),
});

const found = async (turn: Turn, { page = 0 }: Search, text: string): Promise<Screen> => {
  const { core, actor, texts } = turn;
  const { campaignDesk: say } = texts;
  const people = await findPage(String(page), (asked) =>
    core.users.search({ actor, text, page: asked }),
  );
  const more: Keyboard =
    people.page + 1 < people.pageCount
      ? [[choose(turn, NEXT_PAGE, 'page', String(people.page + 1))]]
      : [];
  return {
    text: say.owners(people, text),
    keyboard: [
      ...people.items.map((one) => [choose(turn, say.ownerButton(one), 'pick', shortId(one.id))]),
      ...more,
      backAndCancel(turn),
    ],
  };
};
