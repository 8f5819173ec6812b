import { Composer } from 'telegraf';
import type { OwnRole, User } from '../../../../core/index.ts';
import { press } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { onCode, onCommand, onLabel } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { roleScreen, termsScreen } from './gate.ts';
import { asChanged, showHome } from './home.ts';

/** Getting in, home, help, language, role. */
export const accountFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onCommand(composer, ['start'], start);
  onCommand(composer, ['menu', 'home'], showHome);
  onCommand(composer, ['help', 'bantuan'], showHelp);
  onCommand(composer, ['batal', 'cancel'], cancel);
  onCommand(composer, ['bahasa', 'language'], showLanguages);
  onLabel(composer, 'home', showHome);
  onLabel(composer, 'cancel', cancel);
  onLabel(composer, 'help', showHelp);
  onLabel(composer, 'language', showLanguages);
  onCode(composer, CODES.home, (turn) => showHome(turn));
  onCode(composer, CODES.help, showHelp);
  onCode(composer, CODES.acceptTerms, acceptTerms);
  onCode(composer, CODES.chooseRole, chooseRole);
  onCode(composer, CODES.language, (turn, language) =>
    language === undefined ? showLanguages(turn) : setLanguage(turn, language),
  );
  return composer;
};

const start = async (turn: Turn): Promise<void> => {
  turn.sendMenu();
  await showHome(turn);
};

const cancel = async (turn: Turn): Promise<void> => {
  const { canceled, nothingToCancel } = turn.texts.account;
  await showHome(turn, turn.conversation.flow === null ? nothingToCancel : canceled);
};

const showHelp = async (turn: Turn): Promise<void> => {
  const { labels, account } = turn.texts;
  const { role } = turn.user;
  if (role === null) return turn.show(roleScreen(turn));
  const other = OTHER_ROLE[role];
  turn.show({
    text: account.help(role),
    keyboard: [
      ...(other === null ? [] : [[press(account.switchTo(other), CODES.chooseRole, other)]]),
      [press(labels.language, CODES.language), press(labels.home, CODES.home)],
    ],
  });
};

const OTHER_ROLE = { client: 'worker', worker: 'client', admin: null } as const;

const isOwnRole = (text: string | undefined): text is OwnRole =>
  text === 'client' || text === 'worker';

const chooseRole = async (turn: Turn, role: string | undefined): Promise<void> => {
  if (!isOwnRole(role)) return turn.answer(turn.texts.common.staleNothing);
  const user = await turn.core.users.chooseRole({ actor: turn.actor, role });
  turn.answer(turn.texts.account.roleChosen(role));
  await welcome(turn, user);
};

/** The button of an older version leads to the terms of today (ACC-8). */
const acceptTerms = async (turn: Turn, version: string | undefined): Promise<void> => {
  if (Number(version) !== turn.settings.termsVersion) {
    turn.answer(turn.texts.account.termsChanged, true);
    return turn.show(termsScreen(turn));
  }
  const user = await turn.core.users.acceptTerms({ actor: turn.actor, version: Number(version) });
  await welcome(turn, user);
};

/** Home with its reply keyboard, or what is still asked before it. */
const welcome = async (turn: Turn, user: User): Promise<void> => {
  const changed = asChanged(turn, user);
  if (user.termsVersion !== turn.settings.termsVersion) return turn.show(termsScreen(changed));
  if (user.role !== null) turn.sendMenu(user);
  await showHome(changed);
};

const LANGUAGES = { id: '🇮🇩 Bahasa Indonesia', en: '🇬🇧 English' } as const;

const showLanguages = async (turn: Turn): Promise<void> =>
  turn.show({
    text: turn.texts.account.languages,
    keyboard: [
      [press(LANGUAGES.id, CODES.language, 'id'), press(LANGUAGES.en, CODES.language, 'en')],
      [press(turn.texts.labels.home, CODES.home)],
    ],
  });

const setLanguage = async (turn: Turn, language: string): Promise<void> => {
  if (language !== 'id' && language !== 'en') return showLanguages(turn);
  const user = await turn.core.users.setLanguage({ actor: turn.actor, language });
  turn.answer(asChanged(turn, user).texts.account.languageChosen);
  await welcome(turn, user);
};
