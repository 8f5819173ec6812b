import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import {
  asUser,
  type Campaign,
  type CampaignOrder,
  type Settings,
} from '../../../../core/index.ts';
import { freshId } from '../../../support/builders.ts';
import type { ChatPerson } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

/** An admin, and a client Citra with a campaign of four likes at 500. */
const aDesk = async (settings: Partial<Settings> = {}) => {
  const scene = await aScene({ settings });
  const { chat } = scene;
  const admin = await chat.admin({ firstName: 'Ayu' });
  const adminActor = asUser((await admin.user()).id);
  const campaign = async (change: Partial<CampaignOrder> = {}): Promise<Campaign> => {
    chat.clock.advance(1_000);
    return scene.campaign({ target: 4, ...change });
  };
  return {
    ...scene,
    admin,
    campaign,
    first: await campaign(),
    /** So many tasks of a campaign done and paid. */
    done: async (of: Campaign, many: number): Promise<void> => {
      for (let at = 0; at < many; at += 1) {
        const { id: proofId } = await scene.proof(await chat.worker(), of);
        await chat.core.proofs.approve({ actor: adminActor, proofId });
      }
    },
    pause: (of: Campaign) =>
      chat.core.campaigns.pause({ actor: adminActor, campaignId: of.id, reason: 'Diperiksa' }),
  };
};

const open = async (admin: ChatPerson) => {
  await admin.say('Campaign');
  return admin.tap('Citra');
};

describe('Telegram: campaign desk', () => {
  it('CAM-8 lists every campaign, newest first, with state, kind, bar and owner', async () => {
    const { chat, admin, first, campaign, done } = await aDesk();
    const dewi = await chat.client({ firstName: 'Dewi' });
    await campaign({ kind: 'follow' });
    await done(first, 2);
    const list = await admin.say('Campaign');
    expect(list.text).to.contain('2 campaign, terbaru di atas');
    expect(list.labels.slice(0, 2)).to.deep.equal(['1. 🟢 Follow · Citra', '2. 🟢 Like · Citra']);
    expect(list.text)
      .to.match(/1\. 🟢 Follow · instagram\.com\/p\/\d+\n▱▱▱▱▱ 0\/4 · “Citra”/)
      .and.to.match(/2\. 🟢 Like · instagram\.com\/p\/\d+\n▰▰▱▱▱ 2\/4 · “Citra”/);
    expect((await dewi.say('Campaign')).text).to.not.contain('terbaru di atas');
    expect((await admin.say('/start')).labels.join()).to.contain('Campaign');
  });

  it('CAM-8 filters by state, progress and owner, and lets a filter go again', async () => {
    const { admin, first, campaign, done, pause } = await aDesk();
    const second = await campaign({ kind: 'follow' });
    await campaign({ kind: 'share' });
    await pause(first);
    await done(second, 2);
    await admin.say('Campaign');
    const all = await admin.tap('Saring');
    expect(all.text).to.contain('3 campaign cocok');
    const paused = await admin.tap('Dijeda');
    expect(paused.text).to.contain('1 campaign cocok').and.contain('🔎 ⏸ Dijeda');
    expect((await admin.tap('Tampilkan 1')).labels[0]).to.contain('⏸ Like');
    await admin.tap('Saring');
    expect((await admin.tap('Dijeda')).text).to.contain('3 campaign cocok');
    await admin.tap('Setengah atau lebih');
    expect((await admin.tap('Tampilkan')).labels[0]).to.contain('🟢 Follow');
    await admin.tap('Saring');
    await admin.tap('Setengah atau lebih');
    await admin.tap('Belum ada yang selesai');
    expect((await admin.tap('Aktif')).text).to.contain('1 campaign cocok');
    expect((await admin.tap('Tampilkan')).labels[0]).to.contain('🟢 Bagikan');
    await admin.tap('Saring');
    await admin.tap('Dihapus');
    expect((await admin.tap('Tampilkan 0')).text).to.contain('Tidak ada campaign yang cocok');
  });

  it('CAM-8 the filter stays while paging, on a card and back', async () => {
    const { admin, campaign } = await aDesk();
    for (let at = 0; at < 7; at += 1) await campaign({ kind: at === 6 ? 'view' : 'follow' });
    await admin.say('Campaign');
    await admin.tap('Saring');
    await admin.tap('Aktif');
    await admin.tap('Tampilkan 8');
    const second = await admin.tap('»');
    expect(second.text).to.contain('🔎 🟢 Aktif').and.contain('8 campaign');
    expect(second.labels.slice(0, 2).join()).to.contain('Follow').and.contain('Like');
    expect((await admin.tap('Like')).text).to.contain('📢 Like · instagram.com');
    const back = await admin.tap('Kembali');
    expect(back.text).to.equal(second.text);
    expect(back.labels).to.deep.equal(second.labels);
  });

  it('ADM-3 CAM-8 finds an owner by @username, name or id, and their other campaigns', async () => {
    const { chat, admin, client, campaign } = await aDesk();
    await campaign({ kind: 'follow' });
    const dewi = await chat.client({ firstName: 'Dewi', username: 'dewi_k' });
    await chat.worker({ firstName: 'Dewanti' });
    await admin.say('Campaign');
    await admin.tap('Saring');
    await admin.tap('Aktif');
    await admin.tap('Cari pemilik');
    expect((await admin.say('zzz')).text).to.contain('Tidak ada pengguna yang cocok');
    expect((await admin.say('@dewi')).text).to.contain('1 pengguna cocok dengan “@dewi”');
    const found = await admin.say('dew');
    expect(found.labels.slice(0, 2).join()).to.contain('@dewi_k').and.contain('Dewanti');
    const none = await admin.tap('@dewi_k');
    expect(none.text).to.contain('Tidak ada campaign yang cocok');
    await admin.tap('Saring');
    await admin.tap('Semua pemilik');
    await admin.tap('Cari pemilik');
    await admin.say(String(client.telegramId));
    const theirs = await admin.tap(String(client.telegramId));
    expect(theirs.text).to.contain('🔎 🟢 Aktif · 👤 “Citra”').and.contain('2 campaign');
    await admin.tap('Follow');
    const others = await admin.tap('Semua campaign Citra (2)');
    expect(others.text).to.contain('👤 “Citra”').and.not.contain('Aktif');
    expect((await dewi.user()).username).to.equal('dewi_k');
  });

  it('ADM-3 an empty and a 5,000-character search are refused, and Batal keeps the filter', async () => {
    const { admin } = await aDesk();
    await admin.say('Campaign');
    await admin.tap('Saring');
    await admin.tap('Aktif');
    await admin.tap('Cari pemilik');
    expect((await admin.say('x'.repeat(5_000))).text).to.contain('maksimal 64');
    expect((await admin.say('@')).text).to.match(/^⚠️ /);
    expect((await admin.tap('Batal')).text).to.contain('🔎 🟢 Aktif');
  });

  it('CAM-8 the card tells numbers, money, owner and creation', async () => {
    const { chat, admin, first, done, take } = await aDesk({ feeBasisPoints: 1_000 });
    await done(first, 1);
    await take(await chat.worker(), first);
    const card = await open(admin);
    for (const said of [
      '▰▰▱▱▱▱▱▱▱▱ 25%',
      'Selesai: 1 dari 4',
      'Diperiksa: 0 · Dikerjakan: 1 · Tersedia: 2',
      'Tingkat penolakan: 0%',
      'Upah Rp 500 + biaya Rp 50 per tugas',
      'Terpakai: Rp 550',
      'Sisa dana campaign: Rp 1.650',
      '👤 “Citra”',
      '🗓 Dibuat 5 Jan 2026',
    ]) {
      expect(card.text).to.contain(said);
    }
  });

  it('TSK-1 tells who holds a slot now and until when, paged', async () => {
    const { chat, admin, campaign, take, proof } = await aDesk();
    const big = await campaign({ kind: 'follow', target: 9 });
    await proof(await chat.worker({ firstName: 'Sari' }), big);
    for (let at = 0; at < 7; at += 1) await take(await chat.worker({ firstName: 'Wahyu' }), big);
    await admin.say('Campaign');
    await admin.tap('Follow');
    const holders = await admin.tap('Pemegang slot (8)');
    expect(holders.text.match(/“Wahyu”: sampai 5 Jan 2026 09\.30 WIB/g)).to.have.length(6);
    const rest = await admin.tap('»');
    expect(rest.text).to.contain('“Wahyu”: sampai').and.contain('“Sari”: menunggu diperiksa');
    expect((await admin.tap('Kembali')).text).to.contain('Dikerjakan: 7');
  });

  it('SEC-2 ACC-6 forged data reads as not found or as the whole list; others are refused', async () => {
    const { chat, admin, client, first } = await aDesk();
    const worker = await chat.worker();
    await admin.say('Campaign');
    for (const code of ['ak', 'ah', 'ap', 'ar', 'ad']) {
      for (const id of [shortId(freshId()), 'x']) {
        await admin.tap(`${code}:${id}`);
        expect(admin.answer()?.text, `${code}:${id}`).to.contain('Campaign itu tidak ditemukan');
      }
    }
    for (const forged of ['zz:y:99999', '--:-:9999', 'a', ':::']) {
      expect((await admin.tap(`ac:${forged}`)).text, forged).to.contain('1 campaign');
      await admin.tap(`ak:${shortId(first.id)}:${forged}`);
      expect((await admin.tap(`af:${forged}`)).text, forged).to.contain('1 campaign cocok');
    }
    for (const person of [client, worker]) {
      for (const code of ['ac', 'af', 'ao', 'ak', 'ah', 'ap', 'ar', 'ad']) {
        await person.tap(`${code}:${shortId(first.id)}`);
        expect(person.answer()?.text, code).to.contain('khusus admin');
      }
    }
  });

  it('UX-1 lists, filters, card and holders in English', async () => {
    const { chat, first, take } = await aDesk();
    const admin = await chat.admin({ firstName: 'Ann', languageCode: 'en' });
    await take(await chat.worker({ firstName: 'Wahyu' }), first);
    expect((await admin.say('Campaigns')).text).to.contain('Campaigns: 1.');
    expect((await admin.tap('Filter')).text).to.contain('Matching campaigns: 1. Choose a status');
    await admin.tap('Less than half');
    expect((await admin.tap('Show campaigns (0)')).text).to.contain('No campaign matches');
    await admin.tap('Filter');
    await admin.tap('Less than half');
    expect((await admin.tap('Find an owner')).text).to.contain('Type an @username');
    expect((await admin.say('zzz')).text).to.contain('Nobody matches “zzz”');
    expect((await admin.say('cit')).text).to.contain('People matching “cit”: 1');
    await admin.tap('Citra');
    const card = await admin.tap('Citra');
    expect(card.text)
      .to.contain('Under review: 0 · Taken: 1 · Available: 3')
      .and.contain('Created');
    expect((await admin.tap('Slot holders')).text).to.contain('“Wahyu”: until');
  });
});
