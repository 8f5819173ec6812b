import { defineEntity, p } from '@mikro-orm/postgresql';

/** Accounts of the ledger; the database alone writes `balance`. */
export const accounts = defineEntity({
  name: 'accounts',
  tableName: 'accounts',
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    owner_id: p.uuid().nullable(),
    balance: p.bigint().defaultRaw('0'),
  },
  uniques: [{ name: 'accounts_kind_owner_key', properties: ['kind', 'owner_id'] }],
});

/** A user's two accounts. */
export const wallets = defineEntity({
  name: 'wallets',
  tableName: 'wallets',
  properties: {
    user_id: p.uuid().primary(),
    wallet_account_id: p.uuid(),
    hold_account_id: p.uuid(),
  },
  uniques: [
    { name: 'wallets_hold_account_id_key', properties: ['hold_account_id'] },
    { name: 'wallets_wallet_account_id_key', properties: ['wallet_account_id'] },
  ],
});

/** Business facts that own postings. */
export const walletTransactions = defineEntity({
  name: 'wallet_transactions',
  tableName: 'wallet_transactions',
  properties: {
    id: p.uuid().primary(),
    type: p.text(),
    status: p.text(),
    user_id: p.uuid().nullable(),
    amount: p.bigint(),
    reference_kind: p.text(),
    reference_id: p.uuid(),
    idempotency_key: p.text(),
    fingerprint: p.text(),
    created_by: p.text(),
    created_at: p.datetime().length(6),
    decided_at: p.datetime().length(6).nullable(),
    born_in: p.text().columnType('xid8').defaultRaw('pg_current_xact_id()'),
  },
  uniques: [
    { name: 'wallet_transactions_idempotency_key_key', properties: ['idempotency_key'] },
    {
      name: 'wallet_transactions_once_per_reference',
      properties: ['reference_id', 'type'],
      where:
        "type in ('task_reward', 'platform_fee', 'reversal', 'campaign_refund', 'deposit', 'withdraw')",
    },
  ],
  indexes: [
    {
      name: 'wallet_transactions_deposits',
      properties: ['user_id', 'created_at', 'id'],
      where: "type = 'deposit'",
    },
    {
      name: 'wallet_transactions_earned',
      properties: ['user_id', 'created_at'],
      include: ['type', 'amount', 'id'],
      where: "type in ('task_reward', 'reversal')",
    },
    {
      name: 'wallet_transactions_requests',
      properties: ['user_id', 'type'],
      where: "type in ('deposit', 'withdraw')",
    },
    {
      name: 'wallet_transactions_work',
      properties: ['type', 'created_at'],
      include: ['amount'],
      where: "type in ('task_reward', 'platform_fee', 'reversal')",
    },
  ],
});

/** Append-only movements of money. */
export const postings = defineEntity({
  name: 'postings',
  tableName: 'postings',
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    transaction_id: p.uuid(),
    from_account_id: p.uuid(),
    to_account_id: p.uuid(),
    amount: p.bigint(),
    created_at: p.datetime().length(6),
  },
  indexes: [
    {
      name: 'postings_from_account',
      properties: ['from_account_id', 'created_at', 'transaction_id'],
      include: ['amount'],
    },
    {
      name: 'postings_to_account',
      properties: ['to_account_id', 'created_at', 'transaction_id'],
      include: ['amount'],
    },
    { name: 'postings_transaction', properties: ['transaction_id'] },
  ],
});

/** Changes of what is kept as a sum; gathered now and then. */
export const tallies = defineEntity({
  name: 'tallies',
  tableName: 'tallies',
  properties: {
    id: p.bigint().primary().generated('identity'),
    wallets: p.bigint().defaultRaw('0'),
    holds: p.bigint().defaultRaw('0'),
    escrows: p.bigint().defaultRaw('0'),
    revenue: p.bigint().defaultRaw('0'),
    outside: p.bigint().defaultRaw('0'),
    proofs_waiting: p.bigint().defaultRaw('0'),
    proofs_decided: p.bigint().defaultRaw('0'),
  },
});
