import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import {
  asRefusal,
  PERMISSIONS,
  type Actor,
  type Core,
  type GrantResult,
  type Permission,
} from '../../core/index.ts';
import { withCore } from './with-core.ts';

const telegramId = (text: string): number => {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a Telegram id is a number, such as 123456789');
};

const known = (word: string): Permission => {
  const found = PERMISSIONS.find((permission) => permission === word);
  if (found) return found;
  throw new InvalidArgumentError(`rights are ${PERMISSIONS.join(', ')}, with commas between them`);
};

const rights = (text: string): readonly Permission[] =>
  text.split(',').map((word) => known(word.trim()));

const say = (id: number, result: GrantResult): void => {
  if (result.outcome === 'kept') {
    console.log(`${id} is not known yet: kept, and applied at their first /start`);
  } else {
    const { displayName, permissions } = result.user;
    const what = permissions.length > 0 ? `: ${permissions.join(', ')}` : '';
    console.log(`${id} (${displayName}): ${result.outcome}${what}`);
  }
};

/** What to do next, before the refusal itself (UX-4). */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['user.already-admin', 'They are an admin already: admin permit says what they may do.'],
  ['user.not-admin', 'They are no admin: admin grant --only makes them one with these rights.'],
  [
    'not-found',
    'Nobody with this id has written to the bot yet: admin grant --only is kept until they do.',
  ],
]);

const ask = async <T>(work: (core: Core) => Promise<T>): Promise<T> => {
  try {
    return await withCore(work);
  } catch (error) {
    const hint = HINTS.get(asRefusal(error)?.code ?? '');
    if (hint !== undefined) console.error(hint);
    throw error;
  }
};

/** `upah admin grant|permit|revoke|list` (ACC-4, ADM-1). */
export const admins = (operator: Actor) =>
  new Command('admin')
    .description('who is an admin, and what each may do')
    .addCommand(
      new Command('grant')
        .description('make somebody an admin')
        .argument('<telegramId>', 'their Telegram id', telegramId)
        .option(
          '--only <rights>',
          'not every right, but these: review,money,users,settings',
          rights,
        )
        .action(async (id, { only }) => {
          const asked = { actor: operator, telegramId: id, ...(only && { permissions: only }) };
          say(id, await ask((core) => core.users.grantAdmin(asked)));
        }),
    )
    .addCommand(
      new Command('permit')
        .description('say what an admin may do from now on')
        .argument('<telegramId>', 'their Telegram id', telegramId)
        .argument('<rights>', 'all of them: review,money,users,settings', rights)
        .action(async (id, permissions) => {
          const asked = { actor: operator, telegramId: id, permissions };
          const admin = await ask((core) => core.users.setPermissions(asked));
          console.log(`${id} (${admin.displayName}): ${admin.permissions.join(', ')}`);
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
      new Command('list').description('all admins, and what each may do').action(async () => {
        const all = await withCore((core) => core.users.admins({ actor: operator }));
        if (all.length === 0) console.log('Nobody is an admin yet.');
        for (const admin of all) {
          const name = admin.username === null ? '' : ` @${admin.username}`;
          const may = admin.permissions.join(', ');
          console.log(`${admin.telegramId}  ${admin.displayName}${name}  (${may})`);
        }
      }),
    );
