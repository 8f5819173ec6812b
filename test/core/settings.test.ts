import { expect } from 'chai';
import { createCore, DEFAULT_SETTINGS, type ReadyReason } from '../../core/index.ts';
import { aMarket, refusal } from '../support/market.ts';

const BLURRED: ReadyReason = { id: 'Gambar buram', en: 'Blurred picture' };

const aScene = async () => {
  const market = aMarket();
  const { actor } = await market.admin();
  const set = (reasons: readonly ReadyReason[]) =>
    market.core.settings.setRejectReasons({ actor, reasons });
  const now = async () => (await market.core.settings.current()).rejectReasons;
  return { market, actor, set, now };
};

describe('Ready-made reasons', () => {
  it('REV-2 ADM-4 an admin replaces them, in their order, effective at once', async () => {
    const { set, now } = await aScene();
    expect(await now()).to.deep.equal(DEFAULT_SETTINGS.rejectReasons);
    const other = { id: 'Tugas belum selesai', en: 'Not finished' };
    expect((await set([other, BLURRED])).rejectReasons).to.deep.equal([other, BLURRED]);
    expect(await now()).to.deep.equal([other, BLURRED]);
    await set([BLURRED]);
    expect(await now()).to.deep.equal([BLURRED]);
  });

  it('ADM-4 AUD-1 the log says who replaced which by which', async () => {
    const { market, actor, set } = await aScene();
    await set([BLURRED]);
    await set([{ ...BLURRED }]); // nothing new
    expect(market.auditOf('rejectReasons')).to.deep.equal([
      {
        actor,
        action: 'settings.change',
        subject: 'settings',
        subjectId: 'rejectReasons',
        before: { value: DEFAULT_SETTINGS.rejectReasons },
        after: { value: [BLURRED] },
        at: market.clock.now(),
      },
    ]);
  });

  it('ADM-4 a list that somebody else changes at the same moment stays as they left it', async () => {
    const { market, actor } = await aScene();
    const { unitOfWork } = market.ports;
    const core = createCore({
      ...market.ports,
      unitOfWork: {
        run: (work) =>
          unitOfWork.run((tx) =>
            work({ ...tx, settings: { ...tx.settings, save: async () => false } }),
          ),
      },
    });
    const late = core.settings.setRejectReasons({ actor, reasons: [BLURRED] });
    expect((await refusal(late)).code).to.equal('settings.changed');
    expect(market.auditOf('rejectReasons')).to.deep.equal([]);
  });

  it('REV-2 there are one to ten of them', async () => {
    const { set, now } = await aScene();
    for (const count of [0, 11]) {
      expect(await refusal(set(Array<ReadyReason>(count).fill(BLURRED)))).to.deep.equal({
        code: 'settings.reasons-out-of-range',
        details: { max: 10 },
      });
    }
    expect(await now()).to.deep.equal(DEFAULT_SETTINGS.rejectReasons);
    await set(Array<ReadyReason>(10).fill(BLURRED));
    expect(await now()).to.have.length(10);
  });

  it('REV-2 each is one line of up to 200 characters in either language', async () => {
    const { set, now } = await aScene();
    for (const language of ['id', 'en']) {
      const empty = await refusal(set([BLURRED, { ...BLURRED, [language]: ' \n ' }]));
      expect(empty.code).to.equal('text.empty');
      const long = await refusal(set([{ ...BLURRED, [language]: 'a'.repeat(201) }]));
      expect(long).to.deep.equal({ code: 'text.too-long', details: { max: 200 } });
    }
    await set([{ id: ' Gambar\nburam\u202e ', en: 'é'.repeat(200) }]);
    expect(await now()).to.deep.equal([{ id: 'Gambar buram', en: 'é'.repeat(200) }]);
  });
});
