import { expect } from 'chai';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { textsIn } from '../../../adapters/telegram/texts/index.ts';
import { DEFAULT_SETTINGS, noticeFromJson, type Json, type UserId } from '../../../core/index.ts';
import { freshId, MONDAY } from '../../support/builders.ts';
import type { TestDatabase } from '../../support/database.ts';
import { NO_PACE } from '../../support/unhurried.ts';
import { upgraded } from '../../support/release-before.ts';

const [person, campaign] = [freshId<UserId>(), freshId()];
const label = { taskKind: 'like', link: 'https://x.com/a' };
const amount = { rupiah: '1000' };

const half = { kind: 'campaign.half', campaign: label, completed: 5, target: 10 };
const paused = { kind: 'campaign.paused-by-admin', campaign: label };
const started = { kind: 'campaign.started', campaign: label, target: 10 };

/** As the release before wrote them: without the campaign's id, and without an admin's reason. */
const OWED: readonly (readonly [string, object])[] = [
  [`half:10:${person}`, half],
  [`paused:1:${person}`, paused],
  [`resumed:1:${person}`, { kind: 'campaign.resumed-by-admin', campaign: label }],
  [
    `deleted:${person}`,
    { kind: 'campaign.deleted-by-admin', campaign: label, refunded: amount, balance: amount },
  ],
  [`started:${person}`, started],
  [`missed:${person}`, { kind: 'account.missed', total: 3, newest: [paused, half, started] }],
];

const row = (state: string, [key, notice]: (typeof OWED)[number]): string => {
  const payload = state === 'sent' ? 'null' : JSON.stringify(notice);
  const at = MONDAY.toISOString();
  const settled = state === 'waiting' ? 'null' : `'${at}'`;
  return `(uuidv7(), '${person}', 'notice', '${payload}', 'campaign:${campaign}:${state}-${key}', 1,
    '${state}', '${at}', '${at}', '${at}', ${settled})`;
};

const BEFORE = `
  insert into users (id, telegram_id, display_name, language, status, created_at)
  values ('${person}', 1, 'Siti', 'id', 'active', now());
  insert into outbox (id, to_user, kind, payload, dedupe_key, priority, state, due_at, not_before,
    created_at, settled_at)
  values ${['waiting', 'dropped', 'sent'].flatMap((state) => OWED.map((one) => row(state, one))).join()}`;

const saidIn = (language: 'id' | 'en', payload: Json): string =>
  JSON.stringify(textsIn(language).notices.say(noticeFromJson(payload)));

describe('notices of the release before', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await upgraded({ until: '0005', holding: BEFORE });
  });
  after(() => database?.drop());

  const portsOf = () => createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });

  const expectSaid = (payloads: readonly Json[]): void => {
    expect(payloads).to.have.length(OWED.length);
    for (const payload of payloads) {
      for (const language of ['id', 'en'] as const) {
        const said = saidIn(language, payload);
        expect(said).not.to.contain('undefined');
        if (/paused|resumed|deleted/.test(JSON.stringify(payload))) {
          expect(said).to.contain('Alasannya tidak dicatat.');
        }
      }
    }
    expect(payloads.map((payload) => noticeFromJson(payload))).to.deep.include({
      ...half,
      campaignId: campaign,
    });
  };

  it('NTF-2 what was owed can still be said, in both languages', async () => {
    const owed: Json[] = [];
    for (const _one of OWED) {
      const now = new Date(Date.now() + 60_000);
      const request = { now, limit: 9, leaseMs: 1_000, pace: NO_PACE };
      for (const message of (await portsOf().outboxQueue.claim(request)).messages) {
        owed.push(message.payload);
        await portsOf().outboxQueue.settle(message, { outcome: 'sent' }, now);
      }
    }
    expectSaid(owed);
  });

  it('NTF-2 so can what somebody missed', async () => {
    const { newest } = await portsOf().unitOfWork.run((tx) =>
      tx.outbox.missed(person, MONDAY, OWED.length),
    );
    expectSaid(newest);
  });
});
