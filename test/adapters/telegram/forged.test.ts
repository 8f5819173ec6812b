import { expect } from 'chai';
import { shortId } from '../../../adapters/telegram/buttons.ts';
import { CODES } from '../../../adapters/telegram/codes.ts';
import { asOperator, asUser, idempotencyKey } from '../../../core/index.ts';
import { freshId, rupiahs } from '../../support/builders.ts';
import type { Chat, ChatPerson } from '../../support/chat.ts';
import { aTopUp } from './money-scenes.ts';
import { aDesk, nth } from './review-scenes.ts';

/** Written by nobody's keyboard: broken, huge, of numbers that are none, with parts too many. */
const GARBAGE = [
  '0',
  '-1',
  '99999999999',
  '1e9',
  'NaN',
  '__proto__',
  'x'.repeat(60),
  ':::::',
  '💥'.repeat(14),
  `${shortId(freshId())}:${shortId(freshId())}`,
];

/** What a press leaves behind whoever it is, and whatever comes of it. */
const OF_TALKING = new Set([
  'audit',
  'conversations',
  'heads',
  'inbox',
  'messages',
  'received',
  'users',
]);

/** Money, campaigns, tasks, proofs, desks and settings, as they are stored. */
const market = ({ ports }: Chat) =>
  Object.fromEntries(
    Object.entries(ports.everything()).filter(([table]) => !OF_TALKING.has(table)),
  );

/** Something of every kind, each in the hands of somebody else, open and decided. */
const aMarket = async () => {
  const desk = await aDesk(2);
  const { chat, client, campaign, proofs, admin, workers } = desk;
  await admin.say('Review Bukti');
  await admin.tap('Setujui');
  const holder = await chat.worker({ firstName: 'Hana' });
  const take = await desk.take(holder, campaign);
  const actor = asUser((await client.user()).id);
  await chat.fund(client, 100_000);
  const { sealed } = await chat.core.withdrawals.prepareNumber({ actor, text: '081234567890' });
  const request = {
    actor,
    amount: rupiahs(20_000),
    number: sealed,
    key: idempotencyKey(freshId()),
  };
  const withdrawal = await chat.core.withdrawals.request(request);
  const deposit = await aTopUp(chat, client, 50_000);
  const ids = [
    campaign.id,
    take.id,
    ...proofs.map(({ id }) => id),
    withdrawal.id,
    deposit.id,
    (await client.user()).id,
    (await nth(workers, 0).user()).id,
  ];
  return { ...desk, ids: ids.map(shortId) };
};

/** Presses every code with all of it, but for `besides`; something is always on the screen. */
const pressAll = async (
  person: ChatPerson,
  ids: readonly string[],
  besides: readonly string[] = [],
): Promise<void> => {
  const args = [...GARBAGE, ...ids, ...ids.map((id) => `${id}:${ids[0]}`)];
  for (const code of Object.values(CODES)) {
    if (besides.includes(code)) continue;
    for (const data of args.map((argument) => `${code}:${argument}`)) {
      if (Buffer.byteLength(data) > 64) continue;
      await person.tap(data);
      expect(person.screen().text, data).not.to.equal('');
    }
  }
};

describe('Telegram: buttons that nobody was shown', function () {
  this.timeout(30_000);

  it('SEC-2 ACC-6 move nothing of others, whatever is written on them', async () => {
    const { chat, ids } = await aMarket();
    const former = await chat.admin({ firstName: 'Mantan' });
    const right = { actor: asOperator('test'), telegramId: former.telegramId };
    await chat.core.users.revokeAdmin(right);
    const client = await chat.client({ firstName: 'Lain' });
    const worker = await chat.worker({ firstName: 'Lain' });
    const before = market(chat);
    for (const person of [client, former]) await pressAll(person, ids);
    await pressAll(worker, ids, [CODES.take]);
    expect(market(chat)).to.deep.equal(before);
  });

  it('SEC-2 an admin gets an answer to every one of them, too', async () => {
    const { chat, ids } = await aMarket();
    await pressAll(await chat.admin({ firstName: 'Lain' }), ids);
  });

  it('ACC-5 move nothing of their own for who is suspended', async () => {
    const { chat, ids, client, workers, admin } = await aMarket();
    const actor = asUser((await admin.user()).id);
    const suspended = [client, nth(workers, 1)];
    for (const person of suspended) {
      const userId = (await person.user()).id;
      await chat.core.users.suspend({ actor, userId, reason: 'Akun ganda' });
    }
    const before = market(chat);
    for (const person of suspended) await pressAll(person, ids);
    expect(market(chat)).to.deep.equal(before);
    expect(nth(workers, 1).screen().text).to.contain('Akun ganda');
  });
});
