import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import type { Actor, GrantResult } from '../../core/index.ts';
import { withCore } from './with-core.ts';

const telegramId = (text: string): number => {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a Telegram id is a number, such as 123456789');
};

const say = (id: number, result: GrantResult): void => {
  if (result.outcome === 'kept') {
    console.log(`${id} is not known yet: kept, and applied at their first /start`);
  } else {
    console.log(`${id} (${result.user.displayName}): ${result.outcome}`);
  }
};

/** `upah admin grant|revoke|list` (ACC-4). */
export const admins = (operator: Actor) =>
  new Command('admin')
    .description('who may decide proofs, deposits and withdrawals')
    .addCommand(
      new Command('grant')
        .description('make somebody an admin')
        .argument('<telegramId>', 'their Telegram id', telegramId)
        .action(async (id) => {
          const asked = { actor: operator, telegramId: id };
          say(id, await withCore((core) => core.users.grantAdmin(asked)));
        }),
    )
    .addCommand(
      new Command('revoke')
        .description('take the right back; the former role returns')
        .argument('<telegramId>', 'their Telegram id', telegramId)
        .action(async (id) => {
          const asked = { actor: operator, telegramId: id };
          say(id, await withCore((core) => core.users.revokeAdmin(asked)));
        }),
    )
    .addCommand(
      new Command('list').description('all admins').action(async () => {
        for (const admin of await withCore((core) => core.users.admins({ actor: operator }))) {
          const name = admin.username === null ? '' : ` @${admin.username}`;
          console.log(`${admin.telegramId}  ${admin.displayName}${name}`);
        }
      }),
    );
