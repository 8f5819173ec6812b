import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { screenFromJson } from '../../../../adapters/telegram/screen.ts';
import { asUser, DAY_MS, type Chart } from '../../../../core/index.ts';
import type { Chat } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

/** The figures that went out last. */
const chartIn = (chat: Chat): Chart => {
  const message = chat.posted().findLast(({ kind }) => kind === 'screen');
  const attachment = message && screenFromJson(message.payload).attachment;
  if (!attachment || !('chart' in attachment)) throw new Error('no chart was shown');
  return attachment.chart;
};

/** A campaign of four: two approved on the first day, none on the second, one on the third. */
const aHistory = async () => {
  const scene = await aScene();
  const { chat, campaign, proof } = scene;
  const made = await campaign({ target: 4 });
  const admin = asUser((await (await chat.admin()).user()).id);
  const approveOne = async (): Promise<void> => {
    const { id: proofId } = await proof(await chat.worker(), made);
    await chat.core.proofs.approve({ actor: admin, proofId });
  };
  await approveOne();
  await approveOne();
  chat.clock.advance(2 * DAY_MS);
  await approveOne();
  return { ...scene, made, admin };
};

describe('Telegram: picture of a campaign', () => {
  it('CAM-8 shows each day and how it adds up towards the target', async () => {
    const { chat, client, made } = await aHistory();
    await client.tap(`cs:${shortId(made.id)}`);
    const screen = await client.tap('Perkembangan');
    expect(screen.attachment).to.equal('photo');
    expect(screen.text).to.contain('3 dari 4 selesai').and.to.contain('1 bukti masuk, 1 disetujui');
    const { title, labels, series, goal, unit } = chartIn(chat);
    expect(title).to.equal('Like · Instagram');
    expect(labels).to.have.length(3);
    expect(series).to.deep.equal([
      { name: 'Per hari', as: 'bars', values: [2, 0, 1] },
      { name: 'Total', as: 'line', values: [2, 2, 3] },
    ]);
    expect({ goal, unit }).to.deep.equal({ goal: { label: 'Target', value: 4 }, unit: 'count' });
    expect((await client.tap('Kembali')).text).to.contain('Selesai: 3 dari 4');
  });

  it('CAM-8 leaves the target out of the picture while it is out of sight', async () => {
    const { chat, client, campaign, proof, admin } = await aHistory();
    const made = await campaign({ target: 11 });
    const { id: proofId } = await proof(await chat.worker(), made);
    await chat.core.proofs.approve({ actor: admin, proofId });
    const screen = await client.tap(`cg:${shortId(made.id)}`);
    expect(chartIn(chat).goal).to.equal(null);
    expect(screen.text).to.contain('1 dari 11 selesai');
  });

  it('CAM-8 draws no picture of nothing', async () => {
    const { client, campaign } = await aHistory();
    const { id } = await campaign();
    const screen = await client.tap(`cg:${shortId(id)}`);
    expect(screen.attachment).to.equal(undefined);
    expect(screen.text).to.contain('0 dari 3 selesai').and.to.contain('Grafiknya tampil setelah');
  });

  it('CAM-8 counts what was approved before the first day shown', async () => {
    const { chat, client, made } = await aHistory();
    chat.clock.advance(58 * DAY_MS);
    await client.tap(`cg:${shortId(made.id)}`);
    const [perDay, soFar] = chartIn(chat).series;
    expect(perDay?.values).to.have.length(60);
    expect([soFar?.values[0], soFar?.values.at(-1)]).to.deep.equal([2, 3]);
  });

  it('UX-1 every word of the picture is in the language of its reader', async () => {
    const { chat, client, made } = await aHistory();
    await client.tap('lg:en');
    const screen = await client.tap(`cg:${shortId(made.id)}`);
    expect(screen.text).to.contain('3 of 4 completed');
    expect(chartIn(chat).subtitle).to.equal('3 of 4 tasks approved');
    expect(chartIn(chat).series.map(({ name }) => name)).to.deep.equal(['Per day', 'In all']);
    chat.clock.advance(120 * DAY_MS);
    await client.tap(`cg:${shortId(made.id)}`);
    expect(chartIn(chat).labels.at(-1)).to.equal('7 May');
    await client.tap('lg:id');
    await client.tap(`cg:${shortId(made.id)}`);
    expect(chartIn(chat).labels.at(-1)).to.equal('7 Mei');
    expect(JSON.stringify(chartIn(chat))).not.to.match(/pproved|tasks/);
  });

  it("SEC-2 ACC-6 somebody else's picture reads not found", async () => {
    const { chat, made } = await aHistory();
    const eve = await chat.client({ firstName: 'Eve' });
    await eve.tap(`cg:${shortId(made.id)}`);
    expect(eve.answer()?.text).to.contain('tidak ditemukan');
    expect(eve.screen().attachment).to.equal(undefined);
  });
});
