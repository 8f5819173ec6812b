import { expect } from 'chai';
import { asOperator, type User } from '../../../core/index.ts';
import { aPicture, createChat, type Chat, type ChatPerson } from '../../support/chat.ts';

/** What somebody may still change: their own talk with the bot, and files that nothing refers to. */
const OF_TALKING = new Set([
  'audit',
  'conversations',
  'files',
  'heads',
  'inbox',
  'messages',
  'received',
  'users',
]);

const market = ({ ports }: Chat) =>
  Object.fromEntries(
    Object.entries(ports.everything()).filter(([table]) => !OF_TALKING.has(table)),
  );

const people = ({ ports }: Chat) =>
  (ports.everything()['users'] ?? []).map((one) => {
    const { id, role, status } = one as User;
    return { id, role, status };
  });

type Act = (admin: ChatPerson) => Promise<unknown>;

const tap =
  (label: string): Act =>
  (admin) =>
    admin.tap(label);
const say =
  (text: string): Act =>
  (admin) =>
    admin.say(text);

const wahyu: readonly Act[] = [say('Pengguna'), say('Wahyu'), tap('Wahyu')];

/** Dialogues of admins up to their last question, by what is tapped and typed. */
const DIALOGUES: Readonly<Record<string, readonly Act[]>> = {
  'a suspension': [...wahyu, tap('Tangguhkan'), say('Bukti palsu'), tap('Tangguhkan')],
  'a change of role': [...wahyu, tap('Ubah peran'), tap('Konfirmasi')],
  'an adjustment': [
    ...wahyu,
    tap('Sesuaikan saldo'),
    tap('Tambah'),
    tap('Rp 10.000'),
    tap('Kas'),
    tap('Tidak ada'),
    say('Top-up terlewat'),
    tap('Konfirmasi'),
  ],
  'a setting': [tap('es:holdMinutes'), tap('Ubah'), say('15'), tap('Konfirmasi')],
  'new terms': [
    tap('es:termsText'),
    tap('Ubah'),
    say('Satu orang, satu akun.'),
    say('One account each.'),
    tap('Konfirmasi'),
  ],
  'a broadcast': [say('Siaran'), tap('Siaran Baru'), tap('Semua'), say('Halo'), tap('Konfirmasi')],
};

/** An admin within a dialogue, after so many answers. */
const within = async (acts: readonly Act[], answers: number) => {
  const chat = createChat();
  const admin = await chat.admin({ firstName: 'Ayu' });
  const worker = await chat.worker({ firstName: 'Wahyu' });
  await chat.fund(worker, 20_000);
  for (const act of acts.slice(0, answers)) await act(admin);
  return { chat, admin };
};

const TAKEN: Readonly<Record<string, (chat: Chat, telegramId: number) => Promise<unknown>>> = {
  'every right but one': ({ core }, telegramId) =>
    core.users.setPermissions({ actor: asOperator('test'), telegramId, permissions: ['review'] }),
  'all of it': ({ core }, telegramId) =>
    core.users.revokeAdmin({ actor: asOperator('test'), telegramId }),
};

describe('Telegram: an admin whose rights are taken in the middle of it', function () {
  this.timeout(30_000);

  for (const [what, acts] of Object.entries(DIALOGUES)) {
    for (const [taken, take] of Object.entries(TAKEN)) {
      it(`ADM-1 ACC-6 SEC-2 ends nothing of ${what}, after ${taken}, and is told so at each step`, async () => {
        for (let answers = 1; answers < acts.length; answers += 1) {
          const { chat, admin } = await within(acts, answers);
          const { labels, buttons } = admin.screen();
          await take(chat, admin.telegramId);
          const before = { market: market(chat), people: people(chat) };
          await acts[answers]?.(admin);
          for (const data of buttons.map((button) => button.data ?? '')) await admin.tap(data);
          await admin.say('50.000');
          await admin.sendFile(aPicture(), { caption: 'Halo' });
          expect(admin.screen().text, labels.join()).not.to.equal('');
          expect({ market: market(chat), people: people(chat) }, labels.join()).to.deep.equal(
            before,
          );
        }
      });
    }
  }

  it('ADM-1 who keeps their rights ends each of them', async () => {
    for (const [what, acts] of Object.entries(DIALOGUES)) {
      const { chat, admin } = await within(acts, acts.length - 1);
      const before = { market: market(chat), people: people(chat) };
      await acts.at(-1)?.(admin);
      expect({ market: market(chat), people: people(chat) }, what).not.to.deep.equal(before);
    }
  });
});
