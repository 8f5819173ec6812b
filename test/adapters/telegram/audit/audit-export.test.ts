import { expect } from 'chai';
import type { Telegram } from 'telegraf';
import type { OneDelivery } from '../../../../adapters/telegram/delivery/notifier.ts';
import { readAudit, sendAudit } from '../../../../adapters/telegram/delivery/send-audit.ts';
import { lineKey, type AuditLine, type SliceRequest } from '../../../../core/index.ts';
import { freshId, MONDAY } from '../../../support/builders.ts';
import { createChat } from '../../../support/chat.ts';
import { aMarket, OPERATOR } from '../../../support/market.ts';

interface Sent {
  readonly name: string;
  readonly csv: string;
  readonly caption: string;
}

/** What goes out where the outbox owes an export. */
const delivered = async (
  read: OneDelivery['readAudit'],
  {
    userId = freshId<never>(),
    payload = {},
    attempt = 1,
    fault,
  }: { userId?: never; payload?: object; attempt?: number; fault?: Error } = {},
) => {
  const documents: Sent[] = [];
  const said: string[] = [];
  const telegram = {
    sendDocument: async (
      _chat: number,
      { source, filename }: { source: Buffer; filename: string },
      { caption }: { caption: string },
    ) => {
      if (fault) throw fault;
      documents.push({ name: filename, csv: source.toString(), caption });
      return { message_id: 1 };
    },
    sendMessage: async (_chat: number, text: string) => {
      said.push(text);
      return { message_id: 1 };
    },
  } as unknown as Telegram;
  const delivery = { telegram, readAudit: read, attempt, onUnreadable: () => undefined };
  const recipient = { userId, chatId: 1, language: 'id', screenMessageId: null } as const;
  await sendAudit(
    delivery as unknown as OneDelivery,
    { ...recipient, role: 'admin', permissions: [] },
    { payload: payload as never, createdAt: MONDAY },
  );
  return { documents, said, rows: (documents[0]?.csv.match(/\r\n/g)?.length ?? 1) - 1 };
};

/** A log of so many records, each with so long a word. */
const aLogOf =
  (howMany: number, word = 'x') =>
  async (_user: unknown, _filter: unknown, { from, size }: SliceRequest) => {
    const first = from === null ? howMany : Number.parseInt(from.key.split('-')[1] ?? '', 36) - 1;
    const items = Array.from({ length: Math.min(size, first) }, (_, at): AuditLine => ({
      id: String(first - at),
      at: MONDAY,
      actor: 'operator:x',
      actorDisplayName: null,
      action: 'user.role',
      subject: 'user',
      subjectId: 'x',
      concerns: null,
      campaign: null,
      before: null,
      after: { word },
      sealed: true,
    }));
    const last = first - items.length;
    return { items, older: last > 0 ? lineKey({ at: 0, id: last + 1 }) : null, newer: null };
  };

describe('Telegram: the audit log as a document', () => {
  it('AUD-3 an admin gets what the filter shows, in a message of its own, and the log tells of it', async () => {
    const chat = createChat();
    const admin = await chat.admin({ firstName: 'Ayu' });
    const list = await admin.say('Audit');
    await admin.tap('Unduh CSV');
    expect(admin.answer()?.text).to.contain('CSV sedang disiapkan');
    const [document] = admin.notices().filter(({ attachment }) => attachment === 'document');
    expect(document?.text).to.match(/^📜 \d+ catatan, terbaru di atas\.$/);
    expect(admin.screen().text).to.equal(list.text);
    const told = chat.ports.auditLog().filter(({ action }) => action === 'audit.export');
    expect(told.map(({ subject, after }) => [subject, after])).to.deep.equal([['audit', {}]]);
    await admin.tap('Saring');
    await admin.tap('Jenis');
    await admin.tap('Top-up');
    await admin.tap('Tampilkan');
    expect(admin.screen().labels.join()).to.not.contain('Unduh CSV');
  });

  it('AUD-3 it holds every record that fits, newest first, under a name with its day', async () => {
    const market = aMarket();
    const admin = await market.admin();
    await market.proof(await market.worker(), await market.campaign(await market.client()));
    const made = await delivered(readAudit(market.core), {
      userId: admin.id as never,
      payload: { subject: 'take' },
    });
    expect(made.documents[0]?.name).to.equal('audit-2026-01-05.csv');
    expect(made.rows).to.equal(1);
    expect(made.documents[0]?.csv)
      .to.match(/^\uFEFFid,time,/)
      .and.contain(',take.take,take,');
    const whole = await delivered(readAudit(market.core), { userId: admin.id as never });
    expect(whole.rows).to.equal(market.ports.auditLog().length);
  });

  it('AUD-3 it ends at 50,000 records or 40 MB, and says that there are more', async () => {
    const many = await delivered(aLogOf(50_001));
    expect(many.rows).to.equal(50_000);
    expect(many.documents[0]?.caption).to.contain('50.000 catatan').and.contain('persempit');
    const all = await delivered(aLogOf(50_000));
    expect([all.rows, all.documents[0]?.caption.includes('persempit')]).to.deep.equal([
      50_000,
      false,
    ]);
    const large = await delivered(aLogOf(50_000, 'w'.repeat(9_000)));
    expect(large.rows).to.be.within(4_000, 4_500);
    expect(large.documents[0]?.csv.length).to.be.at.most(40_000_000);
    expect(large.documents[0]?.caption).to.contain('persempit');
  }).timeout(10_000);

  it('AUD-3 NTF-2 a document that does not get through is tried again, and then given up by a sentence', async () => {
    const fault = Object.assign(new Error('slow'), { name: 'AbortError' });
    const first = await delivered(aLogOf(3), { fault }).catch((error: unknown) => error);
    expect(first).to.equal(fault);
    const last = await delivered(aLogOf(3), { fault, attempt: 10 });
    expect(last.said[0]).to.contain('gagal dikirim').and.contain('Persempit');
    const defect = new Error('a defect');
    const broken = await delivered(aLogOf(3), { fault: defect, attempt: 10 }).catch(
      (error: unknown) => error,
    );
    expect(broken).to.equal(defect);
  });

  it('AUD-3 ACC-4 whose right is gone by then gets a sentence and no file, nor is there an empty one', async () => {
    const market = aMarket();
    const { id, telegramId } = await market.admin();
    await market.core.users.revokeAdmin({ actor: OPERATOR, telegramId });
    const refused = await delivered(readAudit(market.core), { userId: id as never });
    expect(refused.documents).to.deep.equal([]);
    expect(refused.said[0]).to.contain('tidak lagi berhak');
    const nothing = await delivered(aLogOf(0));
    expect(nothing.documents).to.deep.equal([]);
    expect(nothing.said[0]).to.contain('Tidak ada catatan yang cocok');
  });
});
