import { expect } from 'chai';
import { TEXT_MAX } from '../../../../adapters/telegram/delivery/fit.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import {
  asOperator,
  DEFAULT_SETTINGS,
  exampleOf,
  isTyped,
  SETTING_KEYS,
  SETTING_SPECS,
  typedSetting,
  type Settings,
  type SettingKey,
} from '../../../../core/index.ts';
import { rupiahs } from '../../../support/builders.ts';
import { createChat, type ShownScreen } from '../../../support/chat.ts';

const NOT_EDITED_HERE: ReadonlySet<string> = new Set(['reasons', 'version']);

/** The settings are open in front of an admin. */
const aScene = async (settings: Partial<Settings> = {}, languageCode = 'id') => {
  const chat = createChat({ settings });
  const admin = await chat.admin({ firstName: 'Ayu', languageCode });
  const overview = await admin.say('/setelan');
  const now = () => chat.core.settings.current();
  return { chat, admin, overview, now };
};

/** Another value than the default, as it would be typed. */
const another = (key: SettingKey): string => {
  const value = DEFAULT_SETTINGS[key];
  const step = Number(value) === SETTING_SPECS[key].max ? -1 : 1;
  if (typeof value === 'number') return typedSetting(key, value + step);
  if (typeof value === 'bigint') return typedSetting(key, rupiahs(Number(value) + step));
  return typeof value === 'string' ? 'Transfer ke BCA 123.' : 'x.com, t.me';
};

const outOfRange = (key: SettingKey): string => {
  const { kind, max } = SETTING_SPECS[key];
  if (kind === 'text') return 'x'.repeat(max + 1);
  return kind === 'hosts' ? 'bukan situs' : `${max + 1}`;
};

const fits = ({ text, labels }: ShownScreen): void => {
  expect(text.length).to.be.within(1, TEXT_MAX);
  for (const label of labels) expect(label.length, label).to.be.at.most(64);
};

describe('Telegram: the settings of the marketplace', () => {
  for (const language of ['id', 'en'] as const) {
    it(`ADM-4 UX-1 every setting is shown, refused out of range, changed and reset: ${language}`, async () => {
      const { chat, admin, now } = await aScene({}, language);
      const before = await now();
      const { marketSettings, labels } = textsIn(language);
      for (const key of SETTING_KEYS) {
        const { group, kind } = SETTING_SPECS[key];
        await admin.say('/setelan');
        fits(await admin.tap(marketSettings.groups[group]));
        const shown = await admin.tap(marketSettings.names[key]);
        fits(shown);
        expect(shown.text)
          .to.contain(marketSettings.names[key])
          .and.contain(marketSettings.meanings[key]);
        expect(shown.labels.includes(marketSettings.change), key).to.equal(
          !NOT_EDITED_HERE.has(kind),
        );
        if (!isTyped(key)) continue;
        fits(await admin.tap(marketSettings.change));
        if (kind !== 'text') expect(admin.screen().text).to.contain(exampleOf(key));
        const again = await admin.say(outOfRange(key));
        expect(again.text, key).to.contain('⚠️').and.contain(marketSettings.meanings[key]);
        fits(await admin.say(another(key)));
        expect((await now())[key], key).to.deep.equal(before[key]);
        fits(await admin.tap(labels.confirm));
        expect(admin.answer()?.text).to.equal(marketSettings.saved);
        expect((await now())[key], key).not.to.deep.equal(before[key]);
        fits(await admin.tap(marketSettings.reset));
        chat.clock.advance(60_000); // a pause before deciding, or a slower pace, may just have been set
        await admin.tap(labels.confirm);
        expect((await now())[key], key).to.deep.equal(before[key]);
      }
    });
  }

  it('ADM-4 every ready answer is one that can be given', async () => {
    const { admin } = await aScene();
    for (const key of SETTING_KEYS.filter(isTyped)) {
      await admin.tap(`es:${key}`);
      const { buttons } = await admin.tap('Ubah');
      for (const { data } of buttons.filter((one) => one.data?.includes(':pick:'))) {
        await admin.tap(`es:${key}`);
        await admin.tap('Ubah');
        const answer = data?.split(':').at(-1) ?? '';
        const { text } = await admin.tap(
          admin.screen().buttons.find((one) => one.data?.endsWith(`:pick:${answer}`))?.data ?? '',
        );
        expect(text, `${key} ${answer}`).to.match(/Menjadi:|Boleh diisi:/);
      }
    }
  });

  it('ADM-4 groups and settings that differ from their default are marked, with the default beside', async () => {
    const { admin, overview } = await aScene();
    expect(overview.text).to.not.contain('🔸');
    await admin.tap('es:holdMinutes');
    await admin.tap('Ubah');
    await admin.tap('60 menit');
    const changed = await admin.tap('Konfirmasi');
    expect(changed.text)
      .to.contain('Nilai sekarang: 60 menit')
      .and.contain('Bawaan: 30 menit')
      .and.contain('1 menit sampai 10.080 menit');
    const group = await admin.tap('⬅️ Kembali');
    expect(group.text)
      .to.contain('🔸 Waktu mengerjakan: 60 menit')
      .and.contain('▫️ Tugas sekaligus: 3');
    const all = await admin.tap('⬅️ Kembali');
    expect(all.text).to.contain('🔸 1 berbeda dari bawaan');
    expect(all.labels.join()).to.contain('🎯 Tugas 🔸1');
  });

  it('ADM-4 AUD-1 a setting says who changed it last and when', async () => {
    const { chat, admin } = await aScene();
    expect((await admin.tap('es:targetMax')).text).to.not.contain('Terakhir diubah');
    await admin.tap('Ubah');
    await admin.say('500');
    const changed = await admin.tap('Konfirmasi');
    expect(changed.text).to.match(/Terakhir diubah Ayu, \d+ \p{L}+ \d{4} \d\d\.\d\d WIB\./u);
    const other = await chat.admin({ firstName: 'Bagus' });
    expect((await other.tap('es:targetMax')).text).to.contain('Terakhir diubah Ayu');
  });

  it('ADM-4 payment instructions are confirmed as clients will see them, with a warning', async () => {
    const { chat, admin } = await aScene();
    const text = `Bank <Uji> 123\n${'Catatan panjang. '.repeat(80)}Selesai.`;
    await admin.tap('es:depositInstructions');
    await admin.tap('Ubah');
    const asked = await admin.say(text);
    expect(asked.text).to.contain(text).and.contain('Client akan mentransfer uang');
    await admin.tap('Konfirmasi');
    const client = await chat.client();
    await client.say('Top-Up');
    expect((await client.say('50rb')).text).to.contain(text);
  });

  it('ADM-4 UX-4 what contradicts another setting is refused with which one, and asked again', async () => {
    const { admin, now } = await aScene();
    await admin.tap('es:depositMin');
    await admin.tap('Ubah');
    const again = await admin.say('60jt');
    expect(again.text)
      .to.contain('Top-up maksimal')
      .and.contain('Rp 50.000.000')
      .and.contain('Ketik nilai barunya');
    await admin.say('60rb');
    await admin.tap('Konfirmasi');
    expect((await now()).depositMin).to.equal(60_000n);
  });

  it('ADM-4 the value that it has already changes nothing', async () => {
    const { admin } = await aScene();
    await admin.tap('es:feeBasisPoints');
    await admin.tap('Ubah');
    expect((await admin.say('0%')).text)
      .to.contain('Tidak ada yang berubah')
      .and.contain('Biaya platform');
  });

  it('ADM-4 of two admins on one setting the second sees what the first has done', async () => {
    const { chat, admin, now } = await aScene();
    const second = await chat.admin({ firstName: 'Bagus' });
    for (const somebody of [admin, second]) {
      await somebody.tap('es:holdMinutes');
      await somebody.tap('Ubah');
    }
    await second.say('60');
    await admin.say('45');
    await admin.tap('Konfirmasi');
    const shown = await second.tap('Konfirmasi');
    expect(second.answer()?.text).to.contain('baru saja diubah admin lain');
    expect(shown.text).to.contain('Nilai sekarang: 45 menit');
    expect((await now()).holdMinutes).to.equal(45);
  });

  it('UX-2 UX-3 Kembali and Batal change nothing; a restart and old buttons do no harm', async () => {
    const { chat, admin, now } = await aScene();
    await admin.tap('es:holdMinutes');
    const asking = await admin.tap('Ubah');
    const confirming = await admin.say('45');
    expect((await admin.tap('⬅️ Kembali')).text).to.contain('Ketik nilai barunya');
    await admin.say('50');
    chat.restart();
    await admin.tapOn(confirming, 'Konfirmasi');
    expect((await now()).holdMinutes).to.equal(30);
    await admin.tap('Konfirmasi');
    expect((await now()).holdMinutes).to.equal(50);
    await admin.tapOn(asking, '15 menit');
    expect((await now()).holdMinutes).to.equal(50);
    await admin.tap('Kembalikan ke bawaan');
    expect((await admin.tap('Batal')).text).to.contain('Nilai sekarang: 50 menit');
    for (const old of ['es:gone', 'eg:gone', 'ec:gone', 'er:gone', 'ec:termsVersion', 'es']) {
      expect((await admin.tap(old)).text, old).to.match(
        /Pengaturan Upah|Versi ketentuan|tidak ditemukan/,
      );
    }
  });

  it('REV-2 ADM-4 the reasons have their own editor, and go back to the default here', async () => {
    const { admin, now } = await aScene({});
    await admin.tap('es:rejectReasons');
    await admin.tap('Buka daftar alasan');
    await admin.tap('1');
    await admin.tap('Hapus');
    expect((await now()).rejectReasons).to.have.length(4);
    await admin.tap('es:rejectReasons');
    await admin.tap('Kembalikan ke bawaan');
    await admin.tap('Konfirmasi');
    expect((await now()).rejectReasons).to.deep.equal(DEFAULT_SETTINGS.rejectReasons);
  });

  it('ACC-6 ADM-1 nobody but admins with the right to settings opens or changes them', async () => {
    const { chat, admin, now } = await aScene();
    const client = await chat.client();
    const { telegramId } = admin;
    await admin.tap('es:holdMinutes');
    await admin.tap('Ubah');
    await admin.say('45');
    const permissions = ['review', 'money', 'users'] as const;
    await chat.core.users.setPermissions({ actor: asOperator('test'), telegramId, permissions });
    await admin.tap('Konfirmasi');
    expect((await now()).holdMinutes).to.equal(30);
    for (const [somebody, refused] of [
      [client, 'khusus admin'],
      [admin, 'mengubah pengaturan'],
    ] as const) {
      for (const data of [
        'eg:tasks',
        'es:holdMinutes',
        'ec:holdMinutes',
        'er:holdMinutes',
        'ec:termsText',
      ]) {
        await somebody.tap(data);
        expect(somebody.answer()?.text ?? somebody.screen().text, data).to.contain(refused);
      }
    }
  });
});
