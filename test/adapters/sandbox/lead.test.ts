import { expect } from 'chai';
import { startSandbox, type Sandbox } from '../../../adapters/sandbox/index.ts';

const NOW = new Date('2026-03-02T02:30:00Z');
const DAY_MS = 86_400_000;

describe('sandbox: a clock that is ahead', () => {
  let sandbox: Sandbox | undefined;
  afterEach(() => sandbox?.stop());

  const clock = async () => (await sandbox?.client.state())?.clock;

  it('OPS-1 begins with the lead that the host has kept, and adds its jumps', async () => {
    sandbox = await startSandbox({ now: () => NOW, aheadMs: DAY_MS });
    expect(await clock()).to.deep.equal({ now: '2026-03-03T02:30:00.000Z', aheadMs: DAY_MS });
    await sandbox.client.advance(1_000);
    expect(await clock()).to.deep.include({ aheadMs: DAY_MS + 1_000 });
  });

  it('OPS-1 stays where it was when the host could not jump, and says why', async () => {
    const advance = () => Promise.reject(new Error('the disk is full'));
    sandbox = await startSandbox({ now: () => NOW, host: { advance } });
    const refused = await sandbox.client.advance(DAY_MS).catch((error: unknown) => error);
    expect(String(refused)).to.contain('the disk is full');
    expect(await clock()).to.deep.equal({ now: NOW.toISOString(), aheadMs: 0 });
  });
});
