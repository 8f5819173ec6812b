import { plainSql, withSql, type Orm } from '../../adapters/postgres/index.ts';
import { retrying, type RetryOptions } from '../../adapters/postgres/retry.ts';
import { refuseWallet } from '../../core/index.ts';
import type { DatabaseUrls } from '../support/database.ts';
import { fingerprintOf, GivenUp } from './payments.ts';
import type { MoveMoney } from './writers.ts';

const KEY_REUSED = 'UP001';
const GIVEN_UP = 'UP002';

/** The same payment as `post` makes, by the ledger's own functions, in one round trip. */
const FUNCTION = `
create function bank_pay(payer uuid, payee uuid, how_much bigint, at_key text, content text,
  way text) returns void language plpgsql as $$
declare
  sides constant text[] := '{out,in}';
  owners constant uuid[] := array[payer, payee];
  wallet constant text[] := '{wallet}';
  outside constant text[] := '{outside}';
  nobody constant uuid[] := array[null]::uuid[];
  id uuid;
begin
  if way <> 'unordered' then perform lock_balances('{wallet,wallet}', owners); end if;
  for side in 1 .. 2 loop
    id := uuidv7();
    if post_transaction(id, 'adjustment', owners[side], how_much, 'transaction', uuidv7(),
        at_key || ':' || sides[side], content, 'system:test', now(),
        case side when 1 then wallet else outside end,
        case side when 1 then array[payer] else nobody end,
        case side when 1 then outside else wallet end,
        case side when 1 then nobody else array[payee] end,
        array[how_much]) = 'posted'
    then
      insert into audit_logs (actor, action, subject, subject_id, "before", "after", at)
        values ('system:test', 'wallet.adjust', 'transaction', id::text, null,
          jsonb_build_object('amount', how_much::text), now());
    elsif not exists (select from wallet_transactions t
      where t.idempotency_key = at_key || ':' || sides[side] and t.fingerprint = content)
    then
      raise exception 'the key is used' using errcode = '${KEY_REUSED}';
    end if;
  end loop;
  if way = 'aborted' then raise exception 'given up' using errcode = '${GIVEN_UP}'; end if;
end $$;
grant execute on function bank_pay to upah_bot`;

export const addPayFunction = ({ ownerUrl }: Pick<DatabaseUrls, 'ownerUrl'>): Promise<unknown> =>
  withSql(ownerUrl, (sql) => sql(FUNCTION));

/** With the bot's role and without our program: only the database keeps the rules. */
export const inDatabase = (orm: Orm, options: RetryOptions): MoveMoney => {
  const sql = plainSql(orm);
  return async (payment) => {
    const { from, to, amount, key, way } = payment;
    const values = [from, to, amount, key, fingerprintOf(payment), way];
    try {
      await retrying(() => sql('select bank_pay($1, $2, $3, $4, $5, $6)', values), options);
    } catch (error) {
      throw meantBy(error, key);
    }
  };
};

const meantBy = (error: unknown, key: string): unknown => {
  if (!(error instanceof Error)) return error;
  const said = (name: string): unknown => Reflect.get(error, name);
  if (said('code') === GIVEN_UP) return new GivenUp();
  if (said('code') === KEY_REUSED) return refuseWallet('wallet.key-reused', { key });
  if (said('constraint') === 'accounts_balance_never_negative') {
    return refuseWallet('wallet.overdrawn');
  }
  return error;
};
