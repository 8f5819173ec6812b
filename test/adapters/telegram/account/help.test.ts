import { expect } from 'chai';
import { plainText } from '../../../../adapters/telegram/html.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { DEFAULT_SETTINGS, PERMISSIONS, rupiah, type Role } from '../../../../core/index.ts';
import { createChat, type Chat, type ChatPerson } from '../../../support/chat.ts';

const ROLES = ['client', 'worker', 'admin'] as const satisfies readonly Role[];
const LANGUAGES = ['id', 'en'] as const;
const settings = { ...DEFAULT_SETTINGS, holdMinutes: 45, withdrawFee: rupiah(1_500n) };

const inRole: Readonly<Record<Role, (chat: Chat) => Promise<ChatPerson>>> = {
  client: (chat) => chat.client(),
  worker: (chat) => chat.worker(),
  admin: (chat) => chat.admin(),
};

describe('Telegram: help and settings', () => {
  for (const language of LANGUAGES) {
    for (const role of ROLES) {
      it(`UX-5 /help for a ${role} fits into one message and is of its own: ${language}`, () => {
        const { account } = textsIn(language);
        const told = plainText(account.help(role, settings, PERMISSIONS));
        expect(told.length).to.be.within(600, 4_096);
        for (const other of ROLES.filter((one) => one !== role)) {
          expect(plainText(account.help(other, settings, PERMISSIONS))).not.to.equal(told);
        }
      });
    }

    it(`UX-5 help speaks of deadlines and money as they are set: ${language}`, () => {
      const { account } = textsIn(language);
      expect(account.help('worker', settings, []))
        .to.contain('45')
        .and.to.contain('Rp 1.500');
      expect(account.help('client', settings, [])).to.contain('Rp 10.000');
      const free = account.help('worker', { ...settings, withdrawFee: rupiah(0n) }, []);
      expect(free).not.to.contain('Rp 0');
    });
  }

  it('UX-5 /help explains per role, with buttons that do what it says', async () => {
    const chat = createChat();
    const expected: Readonly<Record<Role, readonly string[]>> = {
      client: ['💳 Top-Up', '📢 Buat Campaign', '🔄 Ganti peran: Worker'],
      worker: ['🎯 Tugas Tersedia', '🏧 Withdraw', '🔄 Ganti peran: Client'],
      admin: ['🔍 Review Bukti', '📥 Deposit'],
    };
    for (const role of ROLES) {
      const person = await inRole[role](chat);
      const { text, labels } = await person.say('/help');
      expect(text).to.contain(`Untuk ${role === 'admin' ? 'admin' : ''}`);
      expect(labels).to.include.members([...expected[role], '🏠 Beranda']);
      expect(labels.join().includes('Ganti peran')).to.equal(role !== 'admin');
    }
  });

  it('UX-5 ACC-3 /settings changes language and role', async () => {
    const chat = createChat();
    const budi = await chat.worker();
    const screen = await budi.say('/settings');
    expect(screen.text).to.contain('Bahasa Indonesia').and.to.contain('Peran: Worker');
    expect((await budi.tap('English')).text).to.contain('Hello, Budi');
    expect((await budi.say('/settings')).text).to.contain('Role: Worker');
    await budi.tap('Switch to Client');
    expect(await budi.user()).to.include({ language: 'en', role: 'client' });
    expect((await (await chat.admin()).say('/settings')).labels.join()).not.to.contain('peran');
  });

  for (const role of ROLES) {
    it(`UX-5 every command in a ${role}’s menu works`, async () => {
      const chat = createChat();
      const person = await inRole[role](chat);
      await chat.fund(person, 50_000);
      for (const command of person.commands()) {
        expect((await person.say(`/${command}`)).text, command).not.to.match(/^⚠️/);
      }
    });
  }

  it('UX-5 the command menu shows only what the role can use', async () => {
    const chat = createChat();
    const always = ['menu', 'settings', 'help', 'batal'];
    const money = ['withdraw', 'saldo', 'riwayat'];
    const own: Readonly<Record<Role, readonly string[]>> = {
      client: ['newcampaign', 'campaigns', 'topup', ...money],
      worker: ['tugas', 'tugassaya', 'penghasilan', ...money],
      admin: [
        'review',
        'deposit',
        'withdrawal',
        'campaign',
        'pengguna',
        'statistik',
        'audit',
        'siaran',
        'setelan',
      ],
    };
    for (const role of ROLES) {
      const person = await inRole[role](chat);
      expect(person.commands()).to.deep.equal([...own[role], ...always]);
    }
  });

  it('UX-5 UX-6 a label is a whole one: Campaign is not Campaign Saya', async () => {
    const chat = createChat();
    const client = await chat.client();
    const admin = await chat.admin();
    expect((await client.say('Campaign Saya')).text).to.contain('Campaign Saya');
    expect((await admin.say('Campaign')).text).not.to.contain('Campaign Saya');
    expect((await admin.say('Campaign mana?')).text).to.contain('belum memahami');
    expect(admin.menu()).to.include('📢 Campaign');
  });
});
