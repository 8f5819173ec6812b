import { z } from 'zod';
import { requireText } from '../../../../core/index.ts';
import { pager, path, press, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { defineFlow } from '../../dialogue/flow.ts';
import { findPage } from '../../parse.ts';
import type { Screen } from '../../screen.ts';
import type { Turn } from '../../turn.ts';
import { showHome } from '../account/home.ts';
import { asSearch, writePlace, type Place } from './place.ts';

/** As long as a name may be. */
const TYPED_MAX = 64;

/** Whoever the search finds, and without one everybody, newest first (ADM-3). */
const listScreen = async (turn: Turn, { text, page: wanted }: Place): Promise<Screen> => {
  const { core, actor, texts } = turn;
  const { labels, peopleDesk: say } = texts;
  const found = await findPage(String(wanted), (page) =>
    core.users.search({ actor, text: text === '' ? null : text, page }),
  );
  const here = writePlace({ text, page: found.page });
  return {
    text: say.list(found, text),
    keyboard: [
      ...found.items.map((one, at) => [
        press(say.listButton(one, at), CODES.person, shortId(one.id), here),
      ]),
      ...pager(found, path(CODES.people, text)),
      [
        ...(text === '' ? [] : [press(say.everybody, CODES.people)]),
        press(labels.home, CODES.home),
      ],
    ],
  };
};

/** While the list is on the screen, whatever is typed is searched for. */
export const peopleFlow = defineFlow<Place>({
  name: 'people',
  version: 1,
  schema: z.object({ text: z.string(), page: z.number().int().min(0) }),
  steps: {
    list: {
      draw: listScreen,
      text: (_turn, _place, text) => ({
        step: 'list',
        data: { text: asSearch(requireText(text, TYPED_MAX)), page: 0 },
      }),
    },
  },
  leave: (turn) => showHome(turn),
});

export const showPeople = (turn: Turn, place: Place): Promise<void> =>
  peopleFlow.start(turn, 'list', place);
