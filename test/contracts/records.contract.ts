import { expect } from 'chai';
import type { AuditEntry } from '../../core/audit/index.ts';
import { asSystem, type Json } from '../../core/kernel/index.ts';
import { asStored, DEFAULT_SETTINGS } from '../../core/settings/index.ts';
import { MONDAY } from '../support/builders.ts';
import { abandoned, abandonedStep, onStage, type Harness } from './harness.ts';

/** A stored row as its adapter reads it back; `actor` as `actorName` writes it. */
export type AuditRow = Pick<AuditEntry, 'action' | 'before' | 'after'> & { readonly actor: string };

/** A backend, and what stands behind two ports that can only be written or only be read. */
export interface RecordsHarness extends Harness {
  /** The rows about a thing, oldest first. */
  auditRows(subjectId: string): Promise<readonly AuditRow[]>;
  /** What the operator writes into the settings table. */
  changeSetting(key: string, value: Json): Promise<void>;
}

/** `AuditLog` and `SettingsStore`. */
export const recordsContract = (name: string, open: () => Promise<RecordsHarness>) =>
  describe(`audit log and settings: ${name}`, () => {
    let harness: RecordsHarness;
    const stage = onStage(async () => (harness = await open()));

    const entry = (subjectId: string, action: string): AuditEntry => ({
      actor: asSystem('contract'),
      action,
      subject: 'transaction',
      subjectId,
      before: { status: 'pending' },
      after: { amount: '1000', list: [1, null, 'two'] },
      at: MONDAY,
    });

    it('AUD-1 keeps what was appended, in its order and whole', async () => {
      await stage.run(async (tx) => {
        for (const action of ['one', 'two', 'three']) await tx.audit.append(entry('a', action));
      });
      const rows = await harness.auditRows('a');
      expect(rows.map(({ action }) => action)).to.deep.equal(['one', 'two', 'three']);
      expect(rows[0]).to.deep.equal({
        action: 'one',
        actor: 'system:contract',
        before: { status: 'pending' },
        after: { amount: '1000', list: [1, null, 'two'] },
      });
    });

    it('AUD-1 keeps nothing of a run or savepoint that throws', async () => {
      await abandoned(stage, (tx) => tx.audit.append(entry('b', 'lost')));
      await stage.run(async (tx) => {
        await tx.audit.append(entry('b', 'before'));
        await abandonedStep(tx, (step) => step.audit.append(entry('b', 'lost')));
        await tx.audit.append(entry('b', 'after'));
      });
      const rows = await harness.auditRows('b');
      expect(rows.map(({ action }) => action)).to.deep.equal(['before', 'after']);
    });

    it('reads the defaults, and the settings table wins from the next transaction on', async () => {
      const current = () => stage.run((tx) => tx.settings.current());
      expect(await current()).to.deep.equal(DEFAULT_SETTINGS);
      await harness.changeSetting('holdMinutes', 45);
      await harness.changeSetting('withdrawFee', '2500');
      const pace = { actionsPerSecond: 0, actionsBurst: 9, deskNoticeSeconds: 0 };
      for (const [name, value] of Object.entries(pace)) await harness.changeSetting(name, value);
      expect(await current()).to.deep.equal({
        ...DEFAULT_SETTINGS,
        holdMinutes: 45,
        withdrawFee: 2_500n,
        ...pace,
      });
    });

    it('ADM-4 a saved setting counts from the next transaction on, and may be saved again', async () => {
      const reasons = [{ id: 'Buram', en: 'Blurred' }];
      const current = () => stage.run((tx) => tx.settings.current());
      for (const rejectReasons of [[...reasons, ...reasons], reasons]) {
        const before = await current();
        const during = await stage.run(async (tx) => {
          const { rejectReasons: stored, withdrawMin } = await tx.settings.current();
          const from = stored.map(({ id, en }) => ({ id, en }));
          await tx.settings.save('rejectReasons', { from, to: rejectReasons });
          await tx.settings.save('withdrawMin', { from: String(withdrawMin), to: '15000' });
          return tx.savepoint((step) => step.settings.current());
        });
        expect(during).to.deep.equal(before);
        expect(await current()).to.deep.include({ rejectReasons, withdrawMin: 15_000n });
      }
    });

    it('ADM-4 of several who change what they have read one does, and the others are told', async () => {
      const held = async () => (await stage.run((tx) => tx.settings.current())).holdMinutes;
      let from = await held();
      for (const base of [60, 70]) {
        const saved = await Promise.all(
          [0, 1, 2, 3, 4].map((by) =>
            stage.run((tx) => tx.settings.save('holdMinutes', { from, to: base + by })),
          ),
        );
        expect(saved.filter(Boolean)).to.have.length(1);
        from = base + saved.indexOf(true);
        expect(await held()).to.equal(from);
      }
    });

    it('ADM-4 a reset setting is its default again, unless it has changed since it was read', async () => {
      const held = async () => (await stage.run((tx) => tx.settings.current())).holdMinutes;
      const reset = (from: Json) => stage.run((tx) => tx.settings.reset('holdMinutes', from));
      const save = (from: Json, to: Json) =>
        stage.run((tx) => tx.settings.save('holdMinutes', { from, to }));
      const from = await held();
      expect(await save(from, 61)).to.equal(true);
      expect(await reset(from)).to.equal(false);
      await abandoned(stage, (tx) => tx.settings.reset('holdMinutes', 61));
      expect(await held()).to.equal(61);
      expect(await reset(61)).to.equal(true);
      const { holdMinutes } = await stage.run(async (tx) => tx.settings.defaults());
      expect(await held()).to.equal(holdMinutes);
      expect(await save(61, 62)).to.equal(false);
      expect(await reset(61)).to.equal(false);
      expect(await reset(holdMinutes)).to.equal(true);
      expect(await held()).to.equal(holdMinutes);
    });

    it('ADM-4 of a reset and changes at the same moment one counts, and the others are told', async () => {
      const { holdMinutes } = await stage.run(async (tx) => tx.settings.defaults());
      for (const at of [0, 1, 2]) {
        const from = 80 + at;
        await stage.run((tx) => tx.settings.save('holdMinutes', { from: holdMinutes, to: from }));
        const done = await Promise.all([
          stage.run((tx) => tx.settings.reset('holdMinutes', from)),
          ...[1, 2, 3].map((to) =>
            stage.run((tx) => tx.settings.save('holdMinutes', { from, to })),
          ),
        ]);
        expect(done.filter(Boolean)).to.have.length(1);
        const expected = done[0] ? holdMinutes : done.indexOf(true);
        const held = (await stage.run((tx) => tx.settings.current())).holdMinutes;
        expect(held).to.equal(expected);
        await stage.run((tx) => tx.settings.reset('holdMinutes', held));
      }
    });

    it('ADM-4 what is stored but may not be stops whoever asks, and nobody who does not', async () => {
      for (const [key, to] of [
        ['holdMinutes', 0],
        ['holdMinutes', 10_081],
        ['holdMinutes', '30'],
        ['withdrawMin', '0'],
        ['withdrawMin', '1000000001'],
        ['withdrawMin', 10_000],
        ['linkHosts', []],
        ['linkHosts', ['X.com']],
        ['depositInstructions', ' '],
        ['termsText', { id: 'Baru' }],
        ['rejectReasons', [{ id: 'Buram', en: 'x'.repeat(201) }]],
      ] as const) {
        const defaults = await stage.run(async (tx) => tx.settings.defaults());
        const from = asStored((await stage.run((tx) => tx.settings.current()))[key]);
        await stage.run((tx) => tx.settings.save(key, { from, to }));
        const [asked] = await Promise.allSettled([stage.run((tx) => tx.settings.current())]);
        expect(asked.status === 'rejected' && String(asked.reason), JSON.stringify(to)).to.contain(
          `table settings: ${key} cannot be`,
        );
        expect(await stage.run((tx) => tx.settings.reset(key, to))).to.equal(true);
        expect((await stage.run((tx) => tx.settings.current()))[key]).to.deep.equal(defaults[key]);
      }
    });

    it('ADM-4 saves nothing in a run or savepoint that throws', async () => {
      const current = () => stage.run((tx) => tx.settings.current());
      const before = await current();
      const change = { from: before.targetMax, to: 7 };
      await abandoned(stage, (tx) => tx.settings.save('targetMax', change));
      await stage.run((tx) => abandonedStep(tx, (step) => step.settings.save('targetMax', change)));
      expect(await current()).to.deep.equal(before);
    });
  });
