import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import {
  campaignIn,
  campaignLink,
  startPayloadIn,
} from '../../../../adapters/telegram/deep-links.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { asUser, type CampaignId } from '../../../../core/index.ts';
import type { ChatPerson } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

const { account, refusals } = textsIn('id');
const GONE = refusals.say({ code: 'task.gone', details: null });
const ID = '0199c0de-1234-7abc-8def-0123456789ab' as CampaignId;

const follow = (person: ChatPerson, id: CampaignId) => person.say(`/start campaign_${shortId(id)}`);

describe('Telegram: links into the bot', () => {
  it('UX-5 name a campaign, short or by its whole id', () => {
    const link = new URL(campaignLink({ botUsername: 'upah_bot' }, ID));
    expect(`${link.origin}${link.pathname}`).to.equal('https://t.me/upah_bot');
    const payload = link.searchParams.get('start') ?? '';
    expect(payload).to.match(/^[\w-]{1,64}$/);
    expect(campaignIn(payload)).to.equal(ID);
    expect(campaignIn(`campaign_${ID.toUpperCase()}`)).to.equal(ID);
    expect(startPayloadIn(`/start@upah_bot ${payload}`)).to.equal(payload);
  });

  it('UX-5 a worker lands at the offer, and at their task where they have it', async () => {
    const { chat, campaign } = await aScene();
    const worker = await chat.worker();
    const { id, link } = await campaign();
    expect((await follow(worker, id)).labels).to.include('✋ Ambil');
    await worker.tap('Ambil');
    const task = await follow(worker, id);
    expect(task.text).to.contain(link.target);
    expect(task.labels).to.include('📸 Kirim Bukti');
  });

  it('UX-5 a worker reads that a task is gone, and goes on to others', async () => {
    const { chat, client, campaign } = await aScene();
    const worker = await chat.worker();
    const { id } = await campaign();
    const actor = asUser((await client.user()).id);
    await chat.core.campaigns.pause({ actor, campaignId: id });
    const gone = await follow(worker, id);
    expect(gone.text).to.contain(GONE);
    expect((await worker.tap('Tugas Tersedia')).text).to.contain('Tugas Tersedia');
    expect((await follow(worker, ID)).text, 'never there').to.contain(GONE);
  });

  it('UX-5 a client lands at their own campaign', async () => {
    const { client, campaign } = await aScene();
    const { id } = await campaign();
    const card = await follow(client, id);
    expect(card.labels).to.include('⏸ Jeda');
  });

  it('UX-5 another client reads that it is for workers, and lands there as one', async () => {
    const { chat, campaign } = await aScene();
    const other = await chat.client();
    const { id } = await campaign();
    expect((await follow(other, id)).text).to.contain('Tugas ini untuk worker');
    const offer = await other.tap('Ganti peran: Worker');
    expect(offer.labels).to.include('✋ Ambil');
    expect(other.menu()).to.include('🎯 Tugas Tersedia');
    expect((await other.user()).role).to.equal('worker');
  });

  it('UX-5 an admin lands at the campaign’s card of admins', async () => {
    const { chat, campaign } = await aScene();
    const admin = await chat.admin();
    const { id, link } = await campaign();
    expect((await follow(admin, id)).text).to.contain(link.target.replace('https://www.', ''));
    expect((await follow(admin, ID)).text)
      .to.contain('tidak ditemukan')
      .and.to.contain('Halo');
  });

  it('UX-5 a newcomer passes terms and role, through a restart, and lands there', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const budi = chat.person();
    expect((await follow(budi, id)).text).to.contain('Ketentuan');
    await budi.say('halo?');
    chat.restart();
    await budi.tap('Bahasa');
    await budi.tap('English');
    await budi.tap('I agree');
    chat.restart();
    const offer = await budi.tap('Worker');
    expect(offer.labels).to.include('✋ Take');
    expect(budi.menu()).to.include('🎯 Available Tasks');
    await budi.say('/settings');
    expect((await budi.tap('Bahasa Indonesia')).text).to.contain('Halo, Budi');
    await budi.say('/settings');
    expect((await budi.tap('Ganti peran')).text, 'only once').to.contain('Halo, Budi');
  });

  it('UX-5 ACC-8 new terms stand between, and lead on', async () => {
    const { chat, campaign } = await aScene();
    const worker = await chat.worker();
    const { id } = await campaign();
    chat.ports.changeSettings({ termsVersion: 2 });
    expect((await follow(worker, id)).text).to.contain('Ketentuan');
    expect((await worker.tap('Saya setuju')).labels).to.include('✋ Ambil');
  });

  for (const payload of [
    'campaign_',
    'campaign_x',
    `campaign_${'A'.repeat(21)}!`,
    'voucher_1',
    '<b>x</b>',
    `campaign_${ID}x`,
    'campaign_../../etc',
  ]) {
    it(`UX-5 SEC-2 a forged payload leads home with a sentence: ${payload}`, async () => {
      const { chat } = await aScene();
      const worker = await chat.worker();
      const screen = await worker.say(`/start ${payload}`);
      expect(screen.text).to.contain(account.linkUnknown).and.to.contain('Halo');
      const newcomer = chat.person();
      await newcomer.say(`/start ${payload}`);
      await newcomer.tap('Saya setuju');
      expect((await newcomer.tap('Worker')).text).to.match(/^👋 Halo/);
    });
  }

  it('UX-3 a link leaves the dialogue under way, as every main label does', async () => {
    const { chat, client, campaign } = await aScene();
    const { id } = await campaign();
    await client.say('Top-Up');
    await follow(client, id);
    const { id: userId } = await client.user();
    const left = await chat.ports.unitOfWork.run((tx) => tx.conversations.find(userId));
    expect(left).to.include({ flow: null });
  });
});
