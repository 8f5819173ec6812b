import { expect } from 'chai';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { failEach } from './fail-each.ts';
import type { Way } from './faults.ts';
import { openPostgresGrounds, type PostgresGrounds } from './postgres-ground.ts';
import { TRIALS } from './trials.ts';

const WAYS: readonly Way[] = ['lost', 'full', 'conflict', 'refused', 'killed'];

/** Every second statement in one way, the commit in three; all of it: `npm run failing`. */
const sampled = (nth: number, call: string): readonly Way[] => {
  if (call === 'commit') return ['lost', 'conflict', 'full'];
  return nth % 2 === 0 ? [] : WAYS.slice(((nth - 1) / 2) % WAYS.length).slice(0, 1);
};

describe('Whichever statement fails: all or nothing, and the same again succeeds', () => {
  let database: TestDatabase;
  let grounds: PostgresGrounds;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    grounds = await openPostgresGrounds(database);
  });
  after(async () => {
    await grounds?.close();
    await database?.drop();
  });

  for (const { title, prepare, trial } of TRIALS.filter(({ money }) => money)) {
    it(title, async () => {
      const ground = await grounds.open(prepare);
      const { calls } = await failEach(ground, { ...trial, ways: sampled });
      expect(calls).to.include('commit');
    });
  }
});
