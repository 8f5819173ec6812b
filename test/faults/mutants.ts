import { randomBytes } from 'node:crypto';
import type { PostgresPorts } from '../../adapters/postgres/index.ts';
import {
  idempotencyKey,
  type Inbox,
  type OutboxMessage,
  type Tx,
  type UnitOfWork,
  type WalletRepo,
} from '../../core/index.ts';
import { oneOf } from '../support/arguments.ts';

/**
 * Deliberate defects, put around the ports of the run's own child processes. Each leaves every sum
 * right: only a check by key finds it.
 *
 * - `no-key`: money is posted although the key was used before;
 * - `ack-early`: updates are acknowledged before they are stored;
 * - `outbox-apart`: messages are written after the commit, in a transaction of their own.
 */
export const MUTANTS = ['no-key', 'ack-early', 'outbox-apart'] as const;
export type Mutant = (typeof MUTANTS)[number];

/** Stands between a key and what makes it a new one each time. */
export const MUTATION_MARK = '~';

export const mutantNamed = (name: string | undefined): Mutant | undefined =>
  oneOf('mutant', name || undefined, MUTANTS);

/** The ports with that defect; as they are where there is none. */
export const mutated = (ports: PostgresPorts, mutant: Mutant | undefined): PostgresPorts => {
  switch (mutant) {
    case undefined:
      return ports;
    case 'no-key':
      return { ...ports, unitOfWork: keyless(ports.unitOfWork) };
    case 'ack-early':
      return { ...ports, inbox: acknowledgingEarly(ports.inbox) };
    case 'outbox-apart':
      return { ...ports, unitOfWork: outboxApart(ports.unitOfWork) };
  }
};

/** Changes the transaction, and each savepoint in it. */
const throughout = (tx: Tx, change: (tx: Tx) => Tx): Tx => ({
  ...change(tx),
  savepoint: (work) => tx.savepoint((inner) => work(throughout(inner, change))),
});

const keyless = (unitOfWork: UnitOfWork<Tx>): UnitOfWork<Tx> => ({
  run: (work) => unitOfWork.run((tx) => work(throughout(tx, withoutKeys))),
});

const withoutKeys = (tx: Tx): Tx => {
  const wallets: WalletRepo = {
    ...tx.wallets,
    post: (transaction) => {
      const chance = randomBytes(6).toString('hex');
      const key = idempotencyKey(`${transaction.key}${MUTATION_MARK}${chance}`);
      return tx.wallets.post({ ...transaction, key });
    },
  };
  return { ...tx, wallets };
};

const acknowledgingEarly = (inbox: Inbox): Inbox => ({
  ...inbox,
  receive: async (updates) => {
    void inbox.receive(updates).catch(() => undefined);
    return [...new Set(updates.map(({ lane }) => lane))];
  },
});

const outboxApart = (unitOfWork: UnitOfWork<Tx>): UnitOfWork<Tx> => ({
  run: async (work) => {
    let late: OutboxMessage[] = [];
    const keeping = (tx: Tx): Tx => ({
      ...tx,
      outbox: { ...tx.outbox, add: async (message) => void late.push(message) },
    });
    const result = await unitOfWork.run((tx) => {
      late = [];
      return work(throughout(tx, keeping));
    });
    if (late.length > 0) await unitOfWork.run((tx) => addAll(tx, late));
    return result;
  },
});

const addAll = async (tx: Tx, messages: readonly OutboxMessage[]): Promise<void> => {
  for (const message of messages) await tx.outbox.add(message);
};
