import {
  askTogether,
  type Actor,
  type Page,
  type PageRequest,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { personOf, requireActor } from '../users/index.ts';
import type { Balances, HistoryLine } from './ports.ts';

interface ShowPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

/** What the acting person owns and what is reserved (WAL-9). */
export const showBalances =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor }: { readonly actor: Actor }): Promise<Balances> =>
    unitOfWork.run(async (tx) => {
      const [, balances] = await askTogether([
        requireActor(tx, actor),
        tx.wallets.balances(personOf(actor)),
      ]);
      return balances;
    });

export interface ShowHistory {
  readonly actor: Actor;
  readonly page: PageRequest;
}

/** The acting person's transactions, newest first (WAL-9). */
export const showHistory =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, page }: ShowHistory): Promise<Page<HistoryLine>> =>
    unitOfWork.run(async (tx) => {
      const [, history] = await askTogether([
        requireActor(tx, actor),
        tx.wallets.history(personOf(actor), page),
      ]);
      return history;
    });
