import { expect } from 'chai';
import { createMemoryPorts, createSequentialIds } from '../../../adapters/memory/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import type { Tx } from '../../../core/ports.ts';
import { failureOf, refusalOf } from '../../contracts/harness.ts';
import { aMessage, aUser, later, MONDAY, rupiahs } from '../../support/builders.ts';
import { NO_PACE } from '../../support/unhurried.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('memory: transactions', () => {
  it('refuses a run inside a run instead of waiting for ever', async () => {
    const { unitOfWork } = createMemoryPorts();
    const error = await failureOf(unitOfWork.run(() => unitOfWork.run(async () => 'never')));
    expect(String(error)).to.match(/inside a transaction/);
    expect(await unitOfWork.run(async () => 'goes on')).to.equal('goes on');
  });

  it('refuses a queue or report that is asked from inside a run', async () => {
    const { unitOfWork, inbox, outboxQueue, ledgerReader } = createMemoryPorts();
    const calls = [
      () => inbox.receive([]),
      () => outboxQueue.depth(MONDAY),
      () => ledgerReader.trialBalance(),
    ];
    for (const call of calls) {
      const error = await failureOf(unitOfWork.run(async () => call()));
      expect(String(error)).to.match(/inside a transaction/);
    }
  });

  it('runs one transaction after the other, in the order asked for', async () => {
    const { unitOfWork } = createMemoryPorts();
    const seen: string[] = [];
    const step = (name: string) =>
      unitOfWork.run(async () => {
        seen.push(`${name} begins`);
        await Promise.resolve();
        seen.push(`${name} ends`);
      });
    await Promise.all([step('a'), step('b')]);
    expect(seen).to.deep.equal(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('ADM-4 a transaction works with one answer, whatever changes meanwhile', async () => {
    const { unitOfWork, changeSettings } = createMemoryPorts();
    const current = () => unitOfWork.run((tx) => tx.settings.current());
    await unitOfWork.run(async (tx) => {
      const first = await tx.settings.current();
      changeSettings({ holdMinutes: 50 });
      expect(await tx.settings.current()).to.deep.equal(first);
    });
    expect((await current()).holdMinutes).to.equal(50);
  });

  it('refuses a write that comes after its transaction has ended', async () => {
    const { unitOfWork } = createMemoryPorts();
    const leaked = await unitOfWork.run(async (tx): Promise<{ tx: Tx }> => ({ tx }));
    const error = await failureOf(leaked.tx.users.add(aUser()));
    expect(String(error)).to.match(/outside its transaction/);
    const late = unitOfWork.run(async (tx) => tx.users.add(aUser()));
    const intruder = failureOf(leaked.tx.users.add(aUser()));
    await late;
    expect(String(await intruder)).to.match(/outside its transaction/);
  });

  it('refuses savepoints side by side and undoes both', async () => {
    const { unitOfWork } = createMemoryPorts();
    const [one, two] = [aUser(), aUser()];
    await unitOfWork.run(async (tx) => {
      const error = await failureOf(
        Promise.all([
          tx.savepoint((step) => step.users.add(one)),
          tx.savepoint((step) => step.users.add(two)),
        ]),
      );
      expect(String(error)).to.match(/side by side/);
    });
  });

  it('AUD-2 takes an audit row back with its run, and keeps the others in order', async () => {
    const ports = createMemoryPorts();
    const append = (tx: Tx, action: string) =>
      tx.audit.append({
        actor: { kind: 'operator', name: 'root' },
        action,
        subject: 'user',
        subjectId: 'x',
        before: null,
        after: null,
        at: MONDAY,
      });
    await ports.unitOfWork.run((tx) => append(tx, 'user.one'));
    await failureOf(
      ports.unitOfWork.run(async (tx) => {
        await append(tx, 'user.lost');
        throw new Error('rolled back');
      }),
    );
    await ports.unitOfWork.run((tx) => append(tx, 'user.two'));
    expect(ports.auditLog().map(({ action }) => action)).to.deep.equal(['user.one', 'user.two']);
  });
});

describe('memory: what stands behind the ports', () => {
  it('makes growing ids in the shape of UUID v7, the same in every run', () => {
    const [ids, same, other] = [
      createSequentialIds(),
      createSequentialIds(),
      createSequentialIds(7),
    ];
    const made = Array.from({ length: 300 }, () => ids.next());
    expect(made.toSorted()).to.deep.equal(made);
    for (const id of made) expect(id).to.match(UUID_V7);
    expect(same.next()).to.equal(made[0]);
    expect(other.next()).to.match(UUID_V7).and.not.equal(made[0]);
  });

  it('has a clock that moves only when told', () => {
    const { clock } = createMemoryPorts();
    const start = clock.now();
    clock.advance(5_000);
    expect(clock.now()).to.deep.equal(later(5_000, start));
    clock.set(MONDAY);
    expect(clock.now()).to.deep.equal(MONDAY);
  });

  it('uses the clock and ids that it is given', () => {
    const clock = { now: () => later(42) };
    const ports = createMemoryPorts({ clock, ids: createSequentialIds(9) });
    expect(ports.clock).to.equal(clock);
    expect(ports.ids.next()).to.equal(createSequentialIds(9).next());
  });

  it('reads settings inside the transaction, changes included', async () => {
    const ports = createMemoryPorts({ settings: { holdMinutes: 5 } });
    const read = () => ports.unitOfWork.run((tx) => tx.settings.current());
    expect(await read()).to.deep.equal({ ...DEFAULT_SETTINGS, holdMinutes: 5 });
    ports.changeSettings({ withdrawFee: rupiahs(500) });
    expect(await read()).to.include({ holdMinutes: 5, withdrawFee: 500n });
  });

  it('shows every message with how its delivery stands', async () => {
    const ports = createMemoryPorts();
    const user = aUser();
    const message = aMessage({ to: user.id });
    await ports.unitOfWork.run(async (tx) => {
      await tx.users.add(user);
      await tx.outbox.add(message);
    });
    expect(ports.outboxMessages()).to.deep.equal([{ ...message, state: 'waiting' }]);
    const [claimed] = (
      await ports.outboxQueue.claim({ now: MONDAY, limit: 1, leaseMs: 1_000, pace: NO_PACE })
    ).messages;
    if (!claimed) throw new Error('nothing claimed');
    ports.notifier.answerWith({ outcome: 'failed', why: 'no' });
    await ports.outboxQueue.settle(claimed, await ports.notifier.deliver(claimed), MONDAY);
    expect(ports.notifier.delivered).to.deep.equal([claimed]);
    expect(ports.outboxMessages()).to.deep.equal([{ ...message, state: 'failed' }]);
    expect(await ports.notifier.deliver(claimed)).to.deep.equal({ outcome: 'sent' });
  });

  it('WDR-3 opens sealed text only in its own context', () => {
    const { cipher } = createMemoryPorts();
    const sealed = cipher.seal('+6281234567890', 'withdrawal:1');
    expect(sealed).not.to.include('6281234567890');
    expect(cipher.seal('+6281234567890', 'withdrawal:1')).not.to.equal(sealed);
    expect(cipher.open(sealed, 'withdrawal:1')).to.equal('+6281234567890');
    expect(() => cipher.open(sealed, 'withdrawal:2')).to.throw();
    const flipped = sealed.slice(0, -1) + (sealed.endsWith('A') ? 'B' : 'A');
    expect(() => cipher.open(flipped as typeof sealed, 'withdrawal:1')).to.throw();
    expect(() => createMemoryPorts().cipher.open(sealed, 'withdrawal:1')).to.throw();
    expect(cipher.blindIndex('+6281')).to.equal(cipher.blindIndex('+6281'));
    expect(cipher.blindIndex('+6281')).not.to.equal(cipher.blindIndex('+6282'));
  });

  it('PRF-1 tells pictures by their first bytes only', async () => {
    const { imageInspector } = createMemoryPorts();
    const pictures = {
      'image/jpeg': [0xff, 0xd8, 0xff, 0xe0],
      'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
      'image/webp': [...Buffer.from('RIFF'), 0, 0, 0, 0, ...Buffer.from('WEBP')],
    };
    for (const [type, magic] of Object.entries(pictures)) {
      const bytes = Uint8Array.from([...magic, 1, 2, 3]);
      const image = await imageInspector.inspect(bytes);
      expect(image).to.deep.include({ type, clean: bytes });
      expect(image.perceptualHash).to.match(/^[0-9a-f]{64}$/);
    }
    for (const text of ['', 'GIF89a', '%PDF-1.7', 'RIFF....WAVE', '<svg/>']) {
      const refusal = await refusalOf(imageInspector.inspect(Buffer.from(text)));
      expect(refusal.code).to.equal('file.wrong-type');
    }
  });
});
