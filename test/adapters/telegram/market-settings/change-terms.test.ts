import { expect } from 'chai';
import { asStored, DEFAULT_SETTINGS } from '../../../../core/index.ts';
import { createChat } from '../../../support/chat.ts';

/** An admin is asked for the new terms. */
const aScene = async () => {
  const chat = createChat();
  const admin = await chat.admin({ firstName: 'Ayu' });
  await admin.tap('es:termsText');
  await admin.tap('Ubah');
  return { chat, admin, now: () => chat.core.settings.current() };
};

describe('Telegram: the text of the terms', () => {
  it('ACC-8 ADM-4 new terms are typed in both languages, previewed, and then everybody is asked', async () => {
    const { chat, admin, now } = await aScene();
    const worker = await chat.worker({ languageCode: 'en' });
    expect((await admin.say('x'.repeat(3_001))).text)
      .to.contain('maksimal 3.000')
      .and.contain('Langkah 1 dari 3');
    expect((await admin.say('Satu orang, satu akun <saja>.')).text)
      .to.contain('Langkah 2 dari 3')
      .and.contain('Satu orang, satu akun <saja>.');
    chat.restart();
    expect((await admin.say('One account for each person.')).text)
      .to.contain('One account for each person.')
      .and.contain('versi 2')
      .and.contain('semua orang');
    expect((await admin.tap('Konfirmasi')).text).to.contain('Satu orang, satu akun');
    expect(await now()).to.deep.include({
      termsVersion: 2,
      termsText: { id: 'Satu orang, satu akun <saja>.', en: 'One account for each person.' },
    });
    expect((await worker.say('Saldo')).text).to.contain('One account for each person.');
    expect((await admin.tap('es:termsText')).text).to.contain('Setujui ketentuan ini');
    await admin.tap('Saya setuju');
    await admin.tap('es:termsText');
    await admin.tap('Ubah');
    await admin.tap('Pakai teks sekarang');
    await admin.tap('Pakai teks sekarang');
    await admin.tap('Konfirmasi');
    expect(admin.answer()?.text).to.contain('Tidak ada yang berubah');
    expect((await now()).termsVersion).to.equal(2);
  });

  it('ACC-8 of two admins on the terms the second sees what the first has done', async () => {
    const { chat, admin, now } = await aScene();
    await admin.say('Punya Ayu');
    await admin.say('By Ayu');
    const { termsText, termsVersion } = await now();
    const saved = { from: asStored(termsText), to: { id: 'Punya Bagus', en: 'By Bagus' } };
    await chat.ports.unitOfWork.run((tx) => tx.settings.save('termsText', saved));
    const shown = await admin.tap('Konfirmasi');
    expect(admin.answer()?.text).to.contain('baru saja diubah admin lain');
    expect(shown.text).to.contain('Punya Bagus');
    expect(await now()).to.deep.include({ termsText: saved.to, termsVersion });
  });

  it('ACC-8 ADM-4 terms that go back to the default are asked for again too', async () => {
    const { admin, now } = await aScene();
    await admin.say('Baru');
    await admin.say('New');
    await admin.tap('Konfirmasi');
    await admin.say('/menu');
    await admin.tap('Saya setuju');
    await admin.tap('es:termsText');
    const asked = await admin.tap('Kembalikan ke bawaan');
    expect(asked.text).to.contain('termasuk Anda, akan diminta menyetujuinya lagi');
    await admin.tap('Konfirmasi');
    const { termsText, termsVersion } = await now();
    expect({ termsText, termsVersion }).to.deep.equal({
      termsText: DEFAULT_SETTINGS.termsText,
      termsVersion: 3,
    });
  });
});
