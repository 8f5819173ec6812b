import type { Actor, Page, PageRequest, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requireActor } from '../users/index.ts';
import type { Balances, HistoryLine } from './ports.ts';

interface ShowPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

/** What the acting person owns and what is reserved (WAL-9). */
export const showBalances =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor }: { readonly actor: Actor }): Promise<Balances> =>
    unitOfWork.run(async (tx) => tx.wallets.balances((await requireActor(tx, actor)).id));

export interface ShowHistory {
  readonly actor: Actor;
  readonly page: PageRequest;
}

/** The acting person's transactions, newest first (WAL-9). */
export const showHistory =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, page }: ShowHistory): Promise<Page<HistoryLine>> =>
    unitOfWork.run(async (tx) => tx.wallets.history((await requireActor(tx, actor)).id, page));
