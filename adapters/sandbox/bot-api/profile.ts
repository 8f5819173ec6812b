import type { Chat, State } from '../state.ts';
import { badRequest } from './api-error.ts';
import { requireLanguage } from './commands.ts';
import type { Call, Methods } from './method.ts';

const DESCRIPTION_MAX = 512;
const SHORT_MAX = 120;

/** What the bot says of itself before anybody has spoken, by language. */
export const profileMethods: Methods = {
  setMyDescription: {
    params: ['description', 'language_code'],
    run: (call) => keep(call, 'description', call.world.state.descriptions, DESCRIPTION_MAX),
  },
  setMyShortDescription: {
    params: ['short_description', 'language_code'],
    run: (call) => keep(call, 'short_description', call.world.state.shortDescriptions, SHORT_MAX),
  },
};

/** In the person's language where there is one, otherwise the one for everybody, or empty. */
export const descriptionFor = ({ descriptions }: State, { user }: Chat): string =>
  descriptions.get(user.language_code ?? '') ?? descriptions.get('') ?? '';

/** An empty text takes the one of that language away. Telegram's words for a long one are unknown. */
function keep(
  { world, params }: Call,
  name: string,
  texts: Map<string, string>,
  max: number,
): true {
  const language = requireLanguage(params);
  const text = params.text(name) ?? '';
  if (text.length > max) throw badRequest(`${name} is too long: at most ${max} characters`);
  if (text === '') texts.delete(language);
  else texts.set(language, text);
  for (const chat of world.state.chats.values()) world.state.changed(chat);
  world.feed.emit({ type: 'people' });
  return true;
}
