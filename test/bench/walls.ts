import { createManualClock, createMemoryPorts } from '../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { withSql } from '../../adapters/postgres/orm.ts';
import { uuidIds } from '../../adapters/system/index.ts';
import type { Proof } from '../../core/index.ts';
import { DEFAULT_SETTINGS } from '../../core/settings/index.ts';
import { cloneDatabase } from '../support/database.ts';
import { peopleOn } from '../support/market.ts';
import type { Bench, Side } from './contest.ts';

/** Takes away the triggers that hold tables to each other. */
export const DROP_WALLS = `
  do $$
    declare wall record;
    begin
      for wall in select tgrelid::regclass as "table", tgname from pg_trigger
        where not tgisinternal and (tgdeferrable
          or tgname ~ '(_keep_their_terms|_end_once)$')
      loop
        execute format('drop trigger %I on %s', wall.tgname, wall."table");
      end loop;
    end $$`;

/** What the ledger was before its tables were held to each other: triggers and indexes. */
const WITHOUT = `
  ${DROP_WALLS};
  drop index audit_logs_subject, proof_decisions_decided, deposits_decided, withdrawals_decided,
    wallet_transactions_once_per_reference, postings_from_account, postings_to_account;
  create index wallet_transactions_reference on wallet_transactions (reference_id);
  create index postings_from_account on postings (from_account_id, transaction_id);
  create index postings_to_account on postings (to_account_id, transaction_id)`;

const openSide = async (name: string, proofs: number, without: boolean) => {
  const database = await cloneDatabase();
  if (without) await withSql(database.ownerUrl, (sql) => sql(WITHOUT));
  const settings = { ...DEFAULT_SETTINGS, feeBasisPoints: 1_000, takenAtOnceMax: 10_000 };
  const market = peopleOn({
    ...createMemoryPorts(),
    ...createPostgresPorts({
      orm: database.orm,
      settings: { ...settings, proofsPerDayMax: 10_000 },
    }),
    clock: createManualClock(new Date()),
    ids: uuidIds,
  });
  const [client, worker, { actor }] = [
    await market.client(),
    await market.worker(),
    await market.house(),
  ];
  let waiting: readonly Proof[] = [];
  const side: Side = {
    name,
    prepare: async () => {
      const made: Proof[] = [];
      for (let count = 0; count < proofs; count += 1) {
        made.push(await market.proof(worker, await market.campaign(client, { target: 2 })));
      }
      waiting = made;
    },
    run: async () => {
      for (const { id: proofId } of waiting) await market.core.proofs.approve({ actor, proofId });
      return waiting.length;
    },
  };
  return { side, close: () => database.drop() };
};

/** What the walls between the tables cost the hottest path: an approval, one after the other. */
export const walls: Bench = {
  what: 'approvals with the walls between the tables against approvals without them',
  sizes: { proofs: 10 },
  goal: 0.85,
  open: async ({ proofs = 0 }) => {
    const ours = await openSide('with walls', proofs, false);
    const yardstick = await openSide('without', proofs, true);
    return {
      unit: 'approvals',
      ours: ours.side,
      yardstick: yardstick.side,
      close: async () => {
        await ours.close();
        await yardstick.close();
      },
    };
  },
};
