import { expect } from 'chai';
import type { Orm } from '../../../adapters/postgres/orm.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { answerOf, CHECK, RULE } from './ledger.ts';
import { marketOn, tellStory } from './ledger-story.ts';

const ADMIN = `(select id from users where role = 'admin' order by created_at limit 1)`;
const OTHER = `(select id from users where role = 'admin' order by created_at offset 1 limit 1)`;
const endorsed = (by: string) => `endorsed_by = ${by}, endorsed_at = now()`;
const claimed = (by: string) => `claimed_by = ${by}, claimed_at = now()`;

/** One of each: two words needed and none there, claimed after a word, enough for one admin. */
type Name = 'large' | 'processed' | 'asked';

const CHANGES: readonly (readonly [string, string, Name, string])[] = [
  ['claimed without a word', 'claimed_after_endorsed', 'large', claimed(ADMIN)],
  ['endorsed by its owner', 'not_endorsed_by_owner', 'large', endorsed('user_id')],
  [
    'endorsed and claimed by one admin',
    'claimed_by_another',
    'large',
    `${endorsed(ADMIN)}, ${claimed(ADMIN)}`,
  ],
  ['endorsed though one is enough', 'endorsed_where_needed', 'asked', endorsed(ADMIN)],
  ['endorsed by nobody at some time', 'endorsed_whole', 'large', 'endorsed_at = now()'],
  [
    'paid by who endorsed it',
    'paid_by_another',
    'processed',
    `status = 'paid', decided_by = endorsed_by, decided_at = now()`,
  ],
];

const RIGHTS: readonly (readonly [string, string, string])[] = [
  ['an admin without any right', 'fit_role', `permissions = '{}' where role = 'admin'`],
  ['rights of a worker', 'fit_role', `permissions = '{review}' where role = 'worker'`],
  ['a right that there is not', 'known', `permissions = '{all}' where role = 'admin'`],
  ['a right twice', 'known', `permissions = '{review,review}' where role = 'admin'`],
  ['rights in another order', 'known', `permissions = '{money,review}' where role = 'admin'`],
];

describe('walls of the team', () => {
  let database: TestDatabase;
  let owner: Orm;
  let ids: Readonly<Record<Name, string>>;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    owner = await database.ownerOrm();
    const market = marketOn(database);
    const { asked } = await tellStory(market);
    const client = await market.client();
    await market.topUp(client, 50_000);
    const [large, processed] = [
      await market.withdraw(client, 1_000),
      await market.withdraw(client, 2_000),
    ];
    await market.claim(processed, await market.house());
    ids = { asked, large: large.id, processed: processed.id };
  });
  after(() => database?.drop());

  const refusedOf = async (statement: string) => {
    const answers = [await answerOf(database.orm, statement), await answerOf(owner, statement)];
    return answers.map(({ code, constraint }) => [code, constraint]);
  };

  for (const [what, constraint, name, to] of CHANGES) {
    it(`ADM-2 ACC-7 a withdrawal ${what} is refused, to the bot and to the owner`, async () => {
      const statement = `update withdrawals set ${to} where id = '${ids[name]}'`;
      const refused = [CHECK, `withdrawals_${constraint}`];
      expect(await refusedOf(statement)).to.deep.equal([refused, refused]);
    });
  }

  it('ADM-2 whose word a claim began with stays, and what needs two does for ever', async () => {
    const other = `update withdrawals set ${endorsed(ADMIN)}, ${claimed(OTHER)}
      where id = '${ids.processed}'`;
    const refused = [RULE, 'withdrawals_endorsed_in_order'];
    expect(await refusedOf(other)).to.deep.equal([refused, refused]);
    const simple = `update withdrawals set needs_second = false where id = '${ids.large}'`;
    const answer = await answerOf(owner, simple);
    expect([answer.code, answer.constraint, answer.message.includes('ADM-2')]).to.deep.equal([
      RULE,
      'withdrawals_keep_their_terms',
      true,
    ]);
  });

  it('ADM-2 top-up money is asked for as what needs two, and endorsed by nobody yet', async () => {
    const columns = `user_id, uuidv7(), amount, fee, number_sealed, number_index, number_masked,
      new_number, topped_up`;
    const names = `id, user_id, transaction_id, amount, fee, number_sealed, number_index,
      number_masked, new_number, topped_up, needs_second, endorsed_by, endorsed_at, status,
      created_at`;
    const asked = (end: string) => `insert into withdrawals (${names})
      select uuidv7(), ${columns}, ${end}, 'pending', now() from withdrawals
      where id = '${ids.large}'`;
    for (const end of ['false, null, null', `true, ${ADMIN}, now()`]) {
      const refused = [RULE, 'withdrawals_endorsed_in_order'];
      expect(await refusedOf(asked(end))).to.deep.equal([refused, refused]);
    }
  });

  for (const [what, constraint, change] of RIGHTS) {
    it(`ADM-1 ${what} is refused, to the bot and to the owner`, async () => {
      const refused = [CHECK, `users_permissions_${constraint}`];
      expect(await refusedOf(`update users set ${change}`)).to.deep.equal([refused, refused]);
    });
  }

  it('ADM-1 a grant without rights, and a revoke with some, are refused', async () => {
    const refused = [CHECK, 'admin_grants_permissions_fit_state'];
    const empty = `update admin_grants set permissions = '{}' where state = 'granted'`;
    expect(await refusedOf(empty)).to.deep.equal([refused, refused]);
    const revoked = `update admin_grants set state = 'revoked'`;
    expect(await refusedOf(revoked)).to.deep.equal([refused, refused]);
  });
});
