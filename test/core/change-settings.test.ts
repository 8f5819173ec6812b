import { expect } from 'chai';
import {
  asStored,
  createCore,
  DEFAULT_SETTINGS,
  isSettingKey,
  type Settings,
  type SettingKey,
} from '../../core/index.ts';
import { aMarket, OPERATOR, refusal } from '../support/market.ts';

const aScene = async (settings: Partial<Settings> = {}) => {
  const market = aMarket({ settings });
  const admin = await market.admin();
  const { actor } = admin;
  const { core } = market;
  const now = () => core.settings.current();
  const change = async (key: SettingKey, text: string) =>
    core.settings.change({ actor, key, text, seen: asStored((await now())[key]) });
  const reset = async (key: SettingKey) =>
    core.settings.reset({ actor, key, seen: asStored((await now())[key]) });
  const setTerms = async (id: string, en: string) =>
    core.settings.setTerms({ actor, id, en, seen: asStored((await now()).termsText) });
  /** What the owner is yet to hear of settings. */
  const news = async () =>
    (await core.owner.untold({ actor: OPERATOR }))
      .map(({ news: told }) => told)
      .filter(({ kind }) => kind === 'setting-changed');
  return { market, core, admin, actor, now, change, reset, setTerms, news };
};

describe('Settings: changed by admins', () => {
  it('ADM-4 a change counts from the next transaction on, and a reset takes it back', async () => {
    const { core, actor, now, change, reset } = await aScene({ holdMinutes: 40 });
    const changed = await change('holdMinutes', '45');
    expect(changed).to.deep.include({ value: 45, default: 40, isDefault: false, seen: 45 });
    expect((await now()).holdMinutes).to.equal(45);
    const listed = await core.settings.list({ actor });
    expect(listed.map(({ key }) => key)).to.have.members(Object.keys(DEFAULT_SETTINGS));
    expect(listed.filter(({ isDefault }) => !isDefault)).to.deep.equal([changed]);
    expect(await reset('holdMinutes')).to.deep.include({ value: 40, isDefault: true });
    expect((await now()).holdMinutes).to.equal(40);
  });

  it('ADM-4 AUD-1 the log says who changed which from what to what; the same again is nothing', async () => {
    const { market, actor, change, reset } = await aScene();
    await change('withdrawFee', '2500');
    await change('withdrawFee', 'Rp 2.500');
    await reset('withdrawFee');
    await reset('withdrawFee');
    const row = { actor, action: 'settings.change', subject: 'settings', subjectId: 'withdrawFee' };
    const at = market.clock.now();
    expect(market.auditOf('withdrawFee')).to.deep.equal([
      { ...row, before: { value: '0' }, after: { value: '2500' }, at },
      { ...row, before: { value: '2500' }, after: { value: '0' }, at },
    ]);
  });

  it('AUD-1 a long text is not repeated in the log, but which one it was can be told', async () => {
    const { market, change } = await aScene();
    const [long, longer] = ['a'.repeat(200), 'b'.repeat(201)];
    for (const text of [long, longer]) await change('depositInstructions', text);
    const [, second] = market.auditOf('depositInstructions');
    expect(second?.before).to.deep.equal({ value: long });
    const sha256 = market.ports.digests.sha256(longer);
    expect(second?.after).to.deep.equal({ value: { length: 201, sha256 } });
  });

  it('ADM-4 the owner hears of what moves money or trust, how it is now, by whom; of nothing else', async () => {
    const { market, admin, change, reset, setTerms, news } = await aScene();
    await change('holdMinutes', '45');
    await change('feeBasisPoints', '5%');
    const hosts = Array.from({ length: 50 }, (_, n) => `host-${n}.example`).join();
    await change('reversalDays', '3.650');
    await change('linkHosts', 'tiktok.com, x.com');
    await change('linkHosts', hosts);
    await change('depositInstructions', `BCA 1\n<Upah>${'😀'.repeat(300)}`);
    await reset('feeBasisPoints');
    await setTerms('Baru', 'New');
    const user = await market.see((tx) => tx.users.find(admin.id));
    const by = user?.displayName;
    const instructions = `BCA 1\n<Upah>${'😀'.repeat(288)}…`;
    expect(await news()).to.deep.equal([
      { kind: 'setting-changed', key: 'feeBasisPoints', value: '5%', by },
      { kind: 'setting-changed', key: 'reversalDays', value: '3.650', by },
      { kind: 'setting-changed', key: 'linkHosts', value: 'tiktok.com, x.com', by },
      { kind: 'setting-changed', key: 'linkHosts', value: null, by },
      { kind: 'setting-changed', key: 'depositInstructions', value: instructions, by },
      { kind: 'setting-changed', key: 'feeBasisPoints', value: '0%', by },
      { kind: 'setting-changed', key: 'termsText', value: null, by },
    ]);
  });

  it('ADM-4 what somebody else has changed since it was shown is left as it is', async () => {
    const { market, core, actor, now, change, setTerms } = await aScene();
    const seen = asStored((await now()).holdMinutes);
    const terms = asStored((await now()).termsText);
    await change('holdMinutes', '45');
    await setTerms('Baru', 'New');
    await core.users.acceptTerms({ actor, version: 2 });
    const late = [
      core.settings.change({ actor, key: 'holdMinutes', text: '60', seen }),
      core.settings.reset({ actor, key: 'holdMinutes', seen }),
      core.settings.setTerms({ actor, id: 'Lain', en: 'Other', seen: terms }),
    ];
    for (const one of late) expect((await refusal(one)).code).to.equal('settings.changed');
    const { holdMinutes, termsText, termsVersion } = await now();
    expect({ holdMinutes, termsText, termsVersion }).to.deep.equal({
      holdMinutes: 45,
      termsText: { id: 'Baru', en: 'New' },
      termsVersion: 2,
    });
    expect(market.auditOf('holdMinutes')).to.have.length(1);
  });

  it('ADM-4 of two admins at the very same moment the second is told', async () => {
    const { market, actor, now } = await aScene();
    const { unitOfWork } = market.ports;
    const core = createCore({
      ...market.ports,
      unitOfWork: {
        run: (work) =>
          unitOfWork.run((tx) => {
            const tooLate = { save: async () => false, reset: async () => false };
            return work({ ...tx, settings: { ...tx.settings, ...tooLate } });
          }),
      },
    });
    const late = [
      core.settings.change({ actor, key: 'holdMinutes', text: '60', seen: 30 }),
      core.settings.reset({ actor, key: 'holdMinutes', seen: 30 }),
    ];
    for (const one of late) expect((await refusal(one)).code).to.equal('settings.changed');
    expect((await now()).holdMinutes).to.equal(30);
    expect(market.auditOf('holdMinutes')).to.deep.equal([]);
  });

  it('ADM-4 settings that would leave no amount at all are refused, by a reset too', async () => {
    const { core, actor, change, reset, now } = await aScene();
    const tooLow = {
      code: 'settings.contradicts',
      details: { bound: 'at-least', other: 'depositMin', limit: 10_000n },
    };
    expect(await refusal(change('depositMax', '9.999'))).to.deep.equal(tooLow);
    const key = 'depositMax';
    expect(await refusal(core.settings.read({ actor, key, text: '9.999' }))).to.deep.equal(tooLow);
    expect(await refusal(change('withdrawMin', '5.000.001'))).to.deep.equal({
      code: 'settings.contradicts',
      details: { bound: 'at-most', other: 'withdrawPerDayMax', limit: 5_000_000n },
    });
    await change('depositMin', '5.000');
    await change('depositMax', '6.000');
    expect((await refusal(reset('depositMin'))).code).to.equal('settings.contradicts');
    expect((await now()).depositMin).to.equal(5_000n);
  });

  it('ADM-4 what has an editor of its own is not typed, and the version of the terms is nobody’s', async () => {
    const { core, actor } = await aScene();
    const seenOf = (key: string) => (isSettingKey(key) ? asStored(DEFAULT_SETTINGS[key]) : null);
    const typed = ['rejectReasons', 'termsText', 'termsVersion', 'unknown', 'toString'].map((key) =>
      core.settings.change({ actor, key, text: '7', seen: seenOf(key) }),
    );
    const reset = core.settings.reset({ actor, key: 'termsVersion', seen: 1 });
    for (const one of [...typed, reset]) {
      expect(await refusal(one)).to.deep.equal({ code: 'not-found', details: { what: 'setting' } });
    }
  });

  it('ADM-1 ADM-4 an admin without the right to settings changes and sees none', async () => {
    const { market, core } = await aScene();
    const { actor, telegramId } = await market.admin();
    await core.users.setPermissions({ actor: OPERATOR, telegramId, permissions: ['money'] });
    for (const one of [
      core.settings.list({ actor }),
      core.settings.read({ actor, key: 'holdMinutes', text: '45' }),
      core.settings.change({ actor, key: 'holdMinutes', text: '45', seen: 30 }),
      core.settings.reset({ actor, key: 'holdMinutes', seen: 30 }),
      core.settings.setRejectReasons({ actor, reasons: [{ id: 'Buram', en: 'Blurred' }] }),
    ]) {
      expect((await refusal(one)).code).to.equal('user.permission-required');
    }
  });
});

describe('Settings: what is under way', () => {
  it('CAM-4 WDR-1 ADM-4 a campaign and a withdrawal keep the terms they were made with', async () => {
    const { market, change } = await aScene();
    const client = await market.client();
    const campaign = await market.campaign(client);
    await market.topUp(client, 50_000);
    const withdrawal = await market.withdraw(client, 10_000);
    await change('feeBasisPoints', '10%');
    await change('pricePerTaskMin', '1.000');
    await change('withdrawFee', '2.500');
    await change('withdrawMin', '20.000');
    const proof = await market.proof(await market.worker(), campaign);
    await market.approve(proof);
    await market.payOut(withdrawal, await market.admin());
    expect(await market.escrow(campaign)).to.equal(1_000n);
    expect(await market.wallet(client)).to.equal(40_000n);
    expect((await market.trialBalance()).revenue).to.equal(0n);
    expect((await market.campaignNow(campaign)).feePerTask).to.equal(0n);
  });

  it('ACC-8 new terms are a new version: everybody is asked again, and their old yes counts no more', async () => {
    const { market, core, now, setTerms, reset } = await aScene();
    const worker = await market.worker();
    expect(await setTerms('Ketentuan baru', 'New terms')).to.deep.include({ key: 'termsText' });
    expect(await now()).to.deep.include({
      termsVersion: 2,
      termsText: { id: 'Ketentuan baru', en: 'New terms' },
    });
    const asked = await refusal(core.tasks.mine({ actor: worker.actor }));
    expect(asked.code).to.equal('user.terms-not-accepted');
    await core.users.acceptTerms({ actor: worker.actor, version: 2 });
    expect(await core.tasks.mine({ actor: worker.actor })).to.deep.equal([]);
    const { actor } = await market.admin();
    const seen = asStored((await now()).termsText);
    await core.settings.setTerms({ actor, id: 'Ketentuan baru', en: 'New terms', seen });
    expect((await now()).termsVersion).to.equal(2);
    expect((await refusal(reset('termsText'))).code).to.equal('user.terms-not-accepted');
    await core.settings.reset({ actor, key: 'termsText', seen });
    expect(await now()).to.deep.include({
      termsVersion: 3,
      termsText: DEFAULT_SETTINGS.termsText,
    });
    expect(market.auditOf('termsText')[0]?.after).to.deep.equal({
      value: { id: 'Ketentuan baru', en: 'New terms' },
      version: 2,
    });
  });
});
