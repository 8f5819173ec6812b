import { uuidIds } from '../../adapters/system/index.ts';
import { invariant, type Tx, type UserId } from '../../core/index.ts';
import { fingerprintOf, halvesOf, type Payment } from '../bank/payments.ts';
import { tellMoved } from '../support/post-told.ts';
import { bareCallers } from './bare-client.ts';
import { workOff } from './callers.ts';
import type { Opened, Side, Sizes, Tournament } from './contest.ts';
import { openGround, type AdminSql } from './work-ground.ts';

/**
 * The same payment, two adjustments with their rows in the log, by one function. Both postings come
 * in one statement, so that the ledger's trigger locks both balances in their order.
 */
const PAY_FUNCTION = `
create function bench_pay(payer uuid, payee uuid, how_much bigint, at_key text, content text)
  returns void language plpgsql as $$
declare
  outside constant uuid := '00000000-0000-0000-0000-000000000002';
  sent constant uuid := uuidv7();
  got constant uuid := uuidv7();
  payer_wallet uuid;
  payee_wallet uuid;
begin
  select wallet_account_id into payer_wallet from wallets where user_id = payer;
  select wallet_account_id into payee_wallet from wallets where user_id = payee;
  insert into wallet_transactions (id, type, status, user_id, amount, reference_kind, reference_id,
      idempotency_key, fingerprint, created_by, created_at, decided_at)
    values (sent, 'adjustment', 'approved', payer, how_much, 'transaction', sent,
        at_key || ':out', content, 'system:test', now(), now()),
      (got, 'adjustment', 'approved', payee, how_much, 'transaction', got,
        at_key || ':in', content, 'system:test', now(), now());
  insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
    values (sent, payer_wallet, outside, how_much, now()),
      (got, outside, payee_wallet, how_much, now());
  insert into audit_logs (actor, action, subject, subject_id, "before", "after", at)
    values ('system:test', 'wallet.adjust', 'transaction', sent::text, null,
        jsonb_build_object('amount', how_much::text), now()),
      ('system:test', 'wallet.adjust', 'transaction', got::text, null,
        jsonb_build_object('amount', how_much::text), now());
end $$;
grant execute on function bench_pay to upah_bot`;

/** WAL-2, WAL-7: money from wallet to wallet, through the port and by one function. */
export const post: Tournament = {
  what: 'payments from wallet to wallet through the port against one function that does the same',
  sizes: { payments: 2_000, people: 1_000, callers: 8 },
  openAll: async (sizes: Sizes): Promise<Opened> => {
    const { payments = 0, people: count = 0, callers = 0 } = sizes;
    const ground = await openGround(count);
    await ground.sql(PAY_FUNCTION);
    const bare = await bareCallers({
      url: ground.database.botUrl,
      connections: callers,
      text: 'select bench_pay($1, $2, $3, $4, $5)',
    });
    const people = await ground.sql<{ id: UserId }>('select id from bench_people order by n');
    const ids = people.map(({ id }) => id);
    const trial = (name: string, isHot: boolean) => {
      const side = sideOf(ground.sql, paymentsOf(ids, payments, isHot));
      return {
        name,
        unit: 'payments',
        ours: side('the wallet port', (all) =>
          workOff(all, callers, (one) => ground.ports.unitOfWork.run((tx) => pay(tx, one))),
        ),
        yardstick: side('bare pg, one function', (all) => bare.callAll(all.map(argumentsOf))),
      };
    };
    return {
      ...ground,
      trials: [
        { ...trial('many accounts', false), reach: { atLeast: 0.5 } },
        { ...trial('one hot account', true), reach: { atLeast: 0.7 } },
      ],
      close: async () => {
        await bare.end();
        await ground.close();
      },
    };
  },
};

/** Both halves in one go, which locks the balances in their order. */
const pay = async (tx: Tx, payment: Payment): Promise<void> => {
  const posted = await tx.wallets.postAll(halvesOf(payment));
  await Promise.all(posted.map((one) => tellMoved(tx, one)));
};

const argumentsOf = (payment: Payment): readonly unknown[] => {
  const { from, to, amount, key } = payment;
  return [from, to, amount, key, fingerprintOf(payment)];
};

/** Each among two others, or each out of the same wallet; with keys that were never used. */
const paymentsOf = (ids: readonly UserId[], count: number, isHot: boolean) => () =>
  Array.from({ length: count }, (_, number): Payment => {
    const [from, to] = isHot
      ? [ids[0], ids[1 + (number % (ids.length - 1))]]
      : [ids[(2 * number) % ids.length], ids[(2 * number + 1) % ids.length]];
    invariant(from && to, 'there are at least two people');
    return { key: uuidIds.next(), from, to, amount: BigInt(1 + (number % 100)), way: 'ordered' };
  });

type PayAll = (all: readonly Payment[]) => Promise<void>;

const sideOf =
  (sql: AdminSql, make: () => readonly Payment[]) =>
  (name: string, payAll: PayAll): Side => {
    let all: readonly Payment[] = [];
    return {
      name,
      prepare: () => {
        all = make();
        return Promise.resolve();
      },
      run: async () => {
        await payAll(all);
        return all.length;
      },
      check: async () => {
        const keys = all.flatMap(({ key }) => [`'${key}:out'`, `'${key}:in'`]);
        const [found] = await sql<{ posted: number }>(`
          select count(*)::int as posted from wallet_transactions t
            join postings p on p.transaction_id = t.id
            join audit_logs l on l.subject = 'transaction' and l.subject_id = t.id::text
          where t.idempotency_key in (${keys.join()})`);
        if (found?.posted !== keys.length) throw new Error('not every payment was written');
      },
    };
  };
