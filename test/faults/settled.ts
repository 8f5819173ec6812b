import type { PostgresPorts } from '../../adapters/postgres/index.ts';
import type { Sandbox } from '../../adapters/sandbox/index.ts';
import { lookUntilNothing } from './look.ts';

/** What a run waits for: nothing is on its way any more, in or out. */
export interface Settling {
  readonly sandbox: Sandbox;
  readonly ports: Pick<PostgresPorts, 'inbox' | 'outboxQueue'>;
  /** How long at most; after that, what still waits is a loss. */
  readonly patienceMs: number;
}

/** Waits; resolves to what still is on its way when patience ends, one line each. */
export const settled = ({ sandbox, ports, patienceMs }: Settling): Promise<readonly string[]> =>
  lookUntilNothing(patienceMs, async () => {
    const [unconfirmed, { waiting }, { waiting: unsent }] = await Promise.all([
      pendingIn(sandbox),
      ports.inbox.depth(botIdOf(sandbox)),
      ports.outboxQueue.depth(new Date()),
    ]);
    const lines: [number, string][] = [
      [unconfirmed, 'updates that the bot has not confirmed'],
      [waiting, 'updates in the inbox'],
      [unsent, 'messages in the outbox'],
    ];
    return lines.filter(([count]) => count > 0).map(([count, what]) => `still ${count} ${what}`);
  });

/** The number in front of the token's colon. */
export const botIdOf = ({ token }: Sandbox): number => Number(token.split(':')[0]);

const call = async <T>({ url, token }: Sandbox, method: string): Promise<T> => {
  const response = await fetch(`${url}/bot${token}/${method}`);
  return ((await response.json()) as { readonly result: T }).result;
};

/** As `getWebhookInfo` says, also where the bot polls. */
const pendingIn = async (sandbox: Sandbox): Promise<number> => {
  const info = await call<{ readonly pending_update_count: number }>(sandbox, 'getWebhookInfo');
  return info.pending_update_count;
};

/** The bot will never hear of what was said until now. */
export const dropPending = (sandbox: Sandbox): Promise<true> =>
  call(sandbox, 'deleteWebhook?drop_pending_updates=true');
