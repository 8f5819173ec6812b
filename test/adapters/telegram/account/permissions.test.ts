import { expect } from 'chai';
import { asOperator, PERMISSIONS, type Permission } from '../../../../core/index.ts';
import { createChat } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

/** What each right opens: labels of the keyboard, of home beside it, and commands. */
const OPENS: Readonly<Record<Permission, { readonly menu: string[]; readonly home: string[] }>> = {
  review: { menu: ['🔍 Review Bukti'], home: [] },
  money: { menu: ['📥 Deposit', '📤 Withdrawal', '👥 Pengguna'], home: [] },
  users: { menu: ['👥 Pengguna'], home: ['📣 Siaran'] },
  settings: { menu: [], home: ['🎛 Pengaturan Upah'] },
};
const ALWAYS = ['📢 Campaign', '📊 Statistik', '📜 Audit'];

const ANYBODYS = ['campaign', 'statistik', 'audit', 'menu', 'settings', 'help', 'batal'];

const COMMANDS: Readonly<Record<Permission, readonly string[]>> = {
  review: ['review'],
  money: ['deposit', 'withdrawal', 'pengguna'],
  users: ['pengguna', 'siaran'],
  settings: ['setelan'],
};

describe('Telegram: what an admin is offered', () => {
  for (const permission of PERMISSIONS) {
    it(`ADM-1 UX-5 with ${permission} alone: their desks, and no others`, async () => {
      const chat = createChat();
      const admin = await chat.admin({}, [permission]);
      const { menu, home } = OPENS[permission];
      const offered = [...ALWAYS, ...menu, '🏠 Beranda', '❓ Bantuan'];
      expect(admin.menu()).to.have.members(offered);
      const shown = await admin.say('Beranda');
      const everybodys = ['🌐 Bahasa', '❓ Bantuan'];
      expect(shown.labels).to.have.members([...ALWAYS, ...menu, ...home, ...everybodys]);
      expect(shown.text.includes('Bukti:')).to.equal(permission === 'review');
      expect(shown.text.includes('Deposit:')).to.equal(permission === 'money');
      expect(admin.commands()).to.have.members([...ANYBODYS, ...COMMANDS[permission]]);
      for (const command of admin.commands()) {
        expect((await admin.say(`/${command}`)).text, command).to.not.match(/^⚠️/);
      }
    });

    it(`ADM-1 UX-5 /help tells who has ${permission} alone of nothing else`, async () => {
      const admin = await createChat().admin({}, [permission]);
      const { text, labels } = await admin.say('/help');
      const named = (what: string) => text.includes(what);
      expect(named('Review Bukti')).to.equal(permission === 'review');
      expect(named('Sudah Ditransfer')).to.equal(permission === 'money');
      expect(named('linimasa')).to.equal(['users', 'money'].includes(permission));
      expect(named('sesuaikan saldo')).to.equal(permission === 'money');
      expect(named('tangguhkan')).to.equal(permission === 'users');
      expect(named('Siaran')).to.equal(permission === 'users');
      expect(named('Pengaturan Upah')).to.equal(permission === 'settings');
      expect(labels.includes('📥 Deposit')).to.equal(permission === 'money');
    });
  }

  it('ADM-1 UX-5 keyboard and commands follow the operator’s word, with a notice', async () => {
    const chat = createChat();
    const admin = await chat.client();
    const { telegramId } = admin;
    const actor = asOperator('test');
    await chat.core.users.grantAdmin({ actor, telegramId });
    await chat.core.users.setPermissions({ actor, telegramId, permissions: ['money'] });
    await chat.deliver();
    expect(admin.notices().at(-1)?.text).to.contain('top-up, withdraw, dan saldo');
    expect(admin.menu()).to.include('📥 Deposit').and.not.include('🔍 Review Bukti');
    expect(admin.commands()).to.include('deposit').and.not.include('siaran');
    await chat.core.users.revokeAdmin({ actor, telegramId });
    await chat.deliver();
    expect(admin.menu()).to.include('💳 Top-Up').and.not.include('📥 Deposit');
  });

  it('ADM-1 ACC-4 a grant tells what it allows, and brings the keyboard', async () => {
    const chat = createChat();
    const client = await chat.client();
    const actor = asOperator('test');
    const { telegramId } = client;
    await chat.core.users.grantAdmin({ actor, telegramId, permissions: ['review'] });
    await chat.deliver();
    expect(client.notices().at(-1)?.text).to.contain('memeriksa bukti dan mengelola campaign');
    expect(client.menu()).to.include('🔍 Review Bukti').and.not.include('📥 Deposit');
  });

  it('ADM-1 UX-4 an old button of a desk that is closed now says why, and does nothing', async () => {
    const { chat, campaign, proof } = await aScene();
    const worker = await chat.worker();
    await proof(worker, await campaign());
    const admin = await chat.admin({ firstName: 'Ayu' });
    const card = await admin.say('Review Bukti');
    const list = await admin.say('Campaign');
    const { telegramId } = admin;
    const actor = asOperator('test');
    await chat.core.users.setPermissions({ actor, telegramId, permissions: ['settings'] });
    await admin.tapOn(card, 'Setujui');
    expect(admin.answer()).to.deep.include({ alert: true });
    expect(admin.answer()?.text).to.contain('belum diberi hak untuk memeriksa bukti');
    const other = await chat.admin();
    expect((await other.say('/start')).text).to.contain('Bukti: 1 menunggu');
    expect((await admin.tapOn(list, 'Like')).labels.join()).to.not.match(/Jeda|Hapus|Profil/);
    expect((await admin.say('Deposit')).text).to.contain('belum diberi hak untuk mengurus');
    await admin.tap('Beranda');
    await admin.say('Campaign');
    expect((await admin.tap('Saring')).labels.join()).to.not.contain('Cari pemilik');
  });

  it('ADM-1 UX-1 in English', async () => {
    const chat = createChat();
    const admin = await chat.admin({ languageCode: 'en' }, ['users']);
    expect(admin.menu()).to.include('👥 People').and.not.include('📥 Deposits');
    expect((await admin.say('/help')).text)
      .to.contain('People')
      .and.not.contain('Review Proofs');
    await admin.say('Deposits');
    expect(admin.screen().text).to.match(/^⚠️ You do not have the right/);
  });
});
