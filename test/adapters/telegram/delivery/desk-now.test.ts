import { expect } from 'chai';
import { deskNow } from '../../../../adapters/telegram/delivery/desk-now.ts';
import type { OneDelivery } from '../../../../adapters/telegram/delivery/notifier.ts';
import { sendNotice } from '../../../../adapters/telegram/delivery/send-notice.ts';
import { createUploads } from '../../../../adapters/telegram/delivery/uploads.ts';
import type { Desk, Notice } from '../../../../core/index.ts';
import { NO_BROADCASTS } from '../../../support/broadcasts.ts';
import { aMarket, OPERATOR, type Market, type Person } from '../../../support/market.ts';
import { pocketTelegram } from '../../../support/pocket-telegram.ts';

/** What reaches an admin's chat when these notices are delivered now. */
const delivered = async (market: Market, to: Person, notices: readonly Notice[]) => {
  const pocket = pocketTelegram();
  const nobody = () => {
    throw new Error('not needed here');
  };
  const ports: OneDelivery = {
    telegram: pocket.telegram,
    proofStorage: market.ports.proofStorage,
    findRecipient: nobody,
    noteScreen: nobody,
    revealNumber: nobody,
    deskNow: deskNow(market.core),
    readAudit: nobody,
    broadcasts: NO_BROADCASTS,
    onFailed: nobody,
    attempt: 1,
    onUnreadable: nobody,
    uploads: createUploads(),
    chartPainter: { paint: nobody },
  };
  const recipient = {
    userId: to.id,
    chatId: to.telegramId,
    language: 'id',
    role: 'admin',
    permissions: [],
    screenMessageId: null,
  } as const;
  for (const notice of notices) await sendNotice(ports, recipient, notice);
  return pocket.messages(to.telegramId).map(({ text }) => text);
};

const news = (desk: Desk): Notice => ({ kind: 'desk.waiting', desk, waiting: 9 });
const EVERY_DESK = (['proofs', 'deposits', 'withdrawals'] as const).map(news);

describe('Telegram: news of desks', () => {
  it('NTF-1 admins read how much waits when the message goes out', async () => {
    const market = aMarket();
    const [admin, client] = [await market.admin(), await market.client()];
    const campaign = await market.campaign(client);
    await market.proof(await market.worker(), campaign);
    await market.proof(await market.worker(), campaign);
    await market.topUp(client, 20_000);
    await market.request(client, 10_000);
    await market.withdraw(client, 10_000);
    expect(await delivered(market, admin, EVERY_DESK)).to.deep.equal([
      '2 bukti menunggu diperiksa.',
      '1 top-up menunggu diperiksa.',
      '1 withdraw menunggu diproses.',
    ]);
  });

  it('NTF-1 nothing is sent where nothing waits any more', async () => {
    const market = aMarket();
    expect(await delivered(market, await market.admin(), EVERY_DESK)).to.deep.equal([]);
  });

  it('NTF-1 ACC-4 who is no admin any more reads nothing of the desks', async () => {
    const market = aMarket();
    const [admin, client] = [await market.admin(), await market.client()];
    await market.request(client, 10_000);
    expect(await delivered(market, admin, EVERY_DESK)).to.have.length(1);
    await market.core.users.revokeAdmin({ actor: OPERATOR, telegramId: admin.telegramId });
    expect(await delivered(market, admin, EVERY_DESK)).to.deep.equal([]);
  });

  it('NTF-1 ACC-8 new terms do not leave admins in the dark', async () => {
    const market = aMarket();
    const admin = await market.admin();
    market.ports.changeSettings({ termsVersion: 2 });
    expect(await delivered(market, admin, [news('deposits')])).to.deep.equal([
      '9 top-up menunggu diperiksa.',
    ]);
  });

  it('NTF-1 other notices are sent as they were written', async () => {
    const market = aMarket();
    const [text] = await delivered(market, await market.client(), [{ kind: 'update.failed' }]);
    expect(text).to.match(/^Maaf, /);
  });
});
