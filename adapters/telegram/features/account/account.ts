import { Composer } from 'telegraf';
import type { CampaignId, OwnRole, Role, User } from '../../../../core/index.ts';
import { longId, press, type Button } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { campaignIn } from '../../deep-links.ts';
import { usable, type LabelRows } from '../../delivery/menu.ts';
import { onCode, onCommand, onLabel } from '../../route.ts';
import type { Turn } from '../../turn.ts';
import { followLink } from './follow-link.ts';
import { roleScreen, termsScreen } from './gate.ts';
import { asChanged, showHome } from './home.ts';

/** Getting in, home, help, language, role. */
export const accountFeature = (): Composer<UpahContext> => {
  const composer = new Composer<UpahContext>();
  onCommand(composer, ['start'], start);
  onLabel(composer, 'home', (turn) => showHome(turn));
  onLabel(composer, 'cancel', cancel);
  onLabel(composer, 'help', showHelp);
  onLabel(composer, 'settings', showSettings);
  onLabel(composer, 'language', showSettings);
  onCode(composer, CODES.home, (turn) => showHome(turn));
  onCode(composer, CODES.help, showHelp);
  onCode(composer, CODES.acceptTerms, acceptTerms);
  onCode(composer, CODES.chooseRole, chooseRole);
  onCode(composer, CODES.language, (turn, language) =>
    language === undefined ? showSettings(turn) : setLanguage(turn, language),
  );
  return composer;
};

/** `/start` may come from a link, whose payload anybody can write (UX-5). */
const start = async (turn: Turn): Promise<void> => {
  turn.sendMenu();
  const { startPayload: payload, texts } = turn;
  if (payload === null) return showHome(turn);
  const campaignId = campaignIn(payload);
  if (campaignId === null) return showHome(turn, texts.common.problem(texts.account.linkUnknown));
  await followLink(turn, campaignId);
};

const cancel = async (turn: Turn): Promise<void> => {
  const { canceled, nothingToCancel } = turn.texts.account;
  await showHome(turn, turn.conversation.flow === null ? nothingToCancel : canceled);
};

const showHelp = (turn: Turn): void => {
  const { texts, user, settings } = turn;
  if (user.role === null) return turn.show(roleScreen(turn));
  const { labels, account } = texts;
  turn.show({
    text: account.help(user.role, settings, user.permissions),
    keyboard: [
      ...firstSteps({ ...user, role: user.role }).map((row) =>
        row.map((code) => press(labels[code], CODES[code])),
      ),
      ...switchRow(turn),
      [press(labels.settings, CODES.language), press(labels.home, CODES.home)],
    ],
  });
};

/** What help speaks of first, one tap away. */
const FIRST_STEPS = {
  client: [['topUp', 'newCampaign'], ['campaigns']],
  worker: [['offers', 'myTasks'], ['withdraw']],
  admin: [['review'], ['deposits', 'withdrawals'], ['people']],
} as const;

const firstSteps = ({
  role,
  permissions,
}: Pick<User, 'permissions'> & { readonly role: Role }): LabelRows =>
  role === 'admin' ? usable({ permissions }, FIRST_STEPS.admin) : FIRST_STEPS[role];

const OTHER_ROLE = { client: 'worker', worker: 'client', admin: null } as const;

/** Leads to the person's other role; empty for who has none. */
const switchRow = ({ user, texts }: Turn): readonly (readonly Button[])[] => {
  const other = user.role && OTHER_ROLE[user.role];
  return other ? [[press(texts.account.switchTo(other), CODES.chooseRole, other)]] : [];
};

const isOwnRole = (text: string | undefined): text is OwnRole =>
  text === 'client' || text === 'worker';

/** Choosing a role may lead on to the campaign of a link: `worker:<campaign>`. */
const chooseRole = async (turn: Turn, argument: string | undefined): Promise<void> => {
  const [role, campaign] = argument?.split(':') ?? [];
  if (!isOwnRole(role)) return turn.answer(turn.texts.common.staleNothing);
  const user = await turn.core.users.chooseRole({ actor: turn.actor, role });
  turn.answer(turn.texts.account.roleChosen(role));
  await welcome(turn, user, longId<CampaignId>(campaign) ?? turn.link);
};

/** The button of an older version leads to the terms of today (ACC-8). */
const acceptTerms = async (turn: Turn, version: string | undefined): Promise<void> => {
  if (Number(version) !== turn.settings.termsVersion) {
    turn.answer(turn.texts.account.termsChanged, true);
    return turn.show(termsScreen(turn));
  }
  const user = await turn.core.users.acceptTerms({ actor: turn.actor, version: Number(version) });
  await welcome(turn, user, turn.link);
};

/** Where their link led, else home, with the reply keyboard; or what is still asked before it. */
const welcome = async (turn: Turn, user: User, link: CampaignId | null = null): Promise<void> => {
  const changed = asChanged(turn, user);
  if (user.termsVersion !== turn.settings.termsVersion) return turn.show(termsScreen(changed));
  if (user.role === null) return turn.show(roleScreen(changed));
  turn.sendMenu();
  if (link === null) return showHome(changed);
  turn.keepLink(null);
  await followLink(changed, link);
};

const LANGUAGES = { id: '🇮🇩 Bahasa Indonesia', en: '🇬🇧 English' } as const;

const showSettings = (turn: Turn): void => {
  const { account, labels } = turn.texts;
  turn.show({
    text: account.settings(turn.user.role),
    keyboard: [
      [press(LANGUAGES.id, CODES.language, 'id'), press(LANGUAGES.en, CODES.language, 'en')],
      ...switchRow(turn),
      [press(labels.help, CODES.help), press(labels.home, CODES.home)],
    ],
  });
};

const setLanguage = async (turn: Turn, language: string): Promise<void> => {
  if (language !== 'id' && language !== 'en') return showSettings(turn);
  const user = await turn.core.users.setLanguage({ actor: turn.actor, language });
  turn.answer(asChanged(turn, user).texts.account.languageChosen);
  await welcome(turn, user);
};
