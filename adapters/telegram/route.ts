import type { Composer } from 'telegraf';
import { refuseUser, requireMay, type Needed, type Role } from '../../core/index.ts';
import { coded } from './codes.ts';
import { COMMANDS } from './commands.ts';
import type { UpahContext } from './context.ts';
import { isLabel, type Texts } from './texts/index.ts';
import type { Turn } from './turn.ts';

/**
 * Middleware for a label of the reply keyboard, typed or tapped, in any language (UX-2), and for its
 * commands (UX-5).
 */
export const onLabel = (
  composer: Composer<UpahContext>,
  label: keyof Texts['labels'],
  act: (turn: Turn) => Promise<void> | void,
): void => {
  onCommand(composer, COMMANDS[label] ?? [], act);
  composer.hears(
    (text) => (isLabel(text, label) ? /^/.exec(text) : null),
    (ctx) => act(leaving(ctx.turn)),
  );
};

/** Refuses a screen of another role in a friendly way; the core checks rights again (ACC-6). */
export const requireRole = ({ user }: Turn, role: Role): void => {
  if (user.role !== role) throw refuseUser('user.role-required', { role });
};

/** Refuses the beginning of what this admin may not finish (ADM-1); the core checks again (ACC-6). */
export const requireRight = (turn: Turn, needed: Needed): void => {
  requireRole(turn, 'admin');
  requireMay(turn.user, needed);
};

/** Main labels leave the dialogue under way. */
const leaving = (turn: Turn): Turn => {
  turn.setDialogue(null);
  return turn;
};

/** Middleware for `/command`, which leaves the dialogue under way as a main label does. */
export const onCommand = (
  composer: Composer<UpahContext>,
  commands: readonly string[],
  act: (turn: Turn) => Promise<void> | void,
): void => {
  composer.command([...commands], (ctx) => act(leaving(ctx.turn)));
};

/** Middleware for an inline button `<code>:<argument>`; leaves the dialogue under way. */
export const onCode = (
  composer: Composer<UpahContext>,
  code: string,
  act: (turn: Turn, argument: string | undefined) => Promise<void> | void,
): void => {
  composer.action(coded(code), (ctx) => act(leaving(ctx.turn), ctx.match?.[1]));
};
