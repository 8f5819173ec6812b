import type { MiddlewareFn } from 'telegraf';
import { press } from '../../buttons.ts';
import { CODES, coded } from '../../codes.ts';
import type { UpahContext } from '../../context.ts';
import { campaignIn } from '../../deep-links.ts';
import type { Screen } from '../../screen.ts';
import type { Turn } from '../../turn.ts';

/** Taps that lead through the gate, or only change what language it speaks. */
const PASSES = [CODES.acceptTerms, CODES.language].map(coded);
const CHOICE = coded(CODES.chooseRole);

/**
 * Stands before every feature: a suspended person gets one clear notice (ACC-5), terms are accepted
 * in their current version (ACC-8) and a role is chosen (ACC-1) before anything else is shown.
 */
export const gate: MiddlewareFn<UpahContext> = async (ctx, next) => {
  const { turn } = ctx;
  const data = ctx.callbackQuery && 'data' in ctx.callbackQuery ? ctx.callbackQuery.data : '';
  if (turn.user.status === 'suspended') return showSuspended(turn, turn.user.suspension.reason);
  if (PASSES.some((code) => code.test(data))) return next();
  if (turn.user.termsVersion !== turn.settings.termsVersion) return hold(turn, termsScreen(turn));
  if (turn.user.role === null && !CHOICE.test(data)) {
    turn.answer(turn.texts.account.roleFirst);
    return hold(turn, roleScreen(turn));
  }
  return next();
};

/** Where they wanted to go by a link they will be taken later (UX-5). */
const hold = (turn: Turn, screen: Screen): void => {
  const wanted = turn.startPayload === null ? null : campaignIn(turn.startPayload);
  if (wanted !== null) turn.keepLink(wanted);
  turn.show(screen);
};

const showSuspended = (turn: Turn, reason: string): void => {
  turn.answer(turn.texts.account.suspendedAnswer, true);
  turn.show({ text: turn.texts.account.suspended(reason), keyboard: [] });
};

/** The terms as they stand, with a button that carries their version (ACC-8). */
export const termsScreen = ({ texts, settings, user }: Turn): Screen => ({
  text: texts.account.terms(settings.termsText[user.language]),
  keyboard: [
    [press(texts.labels.acceptTerms, CODES.acceptTerms, settings.termsVersion)],
    [press(texts.labels.language, CODES.language)],
  ],
});

/** Asks: client or worker (ACC-1). */
export const roleScreen = ({ texts, user }: Turn): Screen => ({
  text: texts.account.chooseRole(user.displayName),
  keyboard: [
    [
      press(texts.labels.client, CODES.chooseRole, 'client'),
      press(texts.labels.worker, CODES.chooseRole, 'worker'),
    ],
    [press(texts.labels.language, CODES.language)],
  ],
});
