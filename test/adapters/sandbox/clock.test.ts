import { expect } from 'chai';
import { CITRA, START, greeted, refusal, stage } from './world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("sandbox: the sandbox's clock", () => {
  it('can be moved ahead, and says how far it was moved', async () => {
    await using on = await stage();
    const now = new Date(START + 30 * MINUTE).toISOString();
    expect(await on.sandbox.client.advance(30 * MINUTE)).to.equal(now);
    const { clock } = await on.sandbox.client.state();
    expect(clock).to.deep.equal({ now, aheadMs: 30 * MINUTE });
  });

  it('adds up several moves', async () => {
    await using on = await stage();
    await on.sandbox.client.advance(MINUTE);
    await on.sandbox.client.advance(DAY);
    expect((await on.sandbox.client.state()).clock.aheadMs).to.equal(MINUTE + DAY);
  });

  it('OPS-1 begins with the lead that its host has kept, and adds to it', async () => {
    await using on = await stage({ aheadMs: DAY });
    const now = new Date(START + DAY).toISOString();
    expect((await on.sandbox.client.state()).clock).to.deep.equal({ now, aheadMs: DAY });
    await on.sandbox.client.advance(MINUTE);
    expect((await on.sandbox.client.state()).clock.aheadMs).to.equal(DAY + MINUTE);
  });

  it('dates messages', async () => {
    await using on = await greeted();
    await on.sandbox.client.advance(DAY);
    const { date } = await on.telegram.sendMessage(CITRA, 'besok');
    expect(date).to.equal((START + DAY) / 1000);
  });

  it("moves the clock of the bot's own program, and answers when that has caught up", async () => {
    const moved: number[] = [];
    const caughtUp = Promise.withResolvers<void>();
    const advance = async (ms: number): Promise<void> => {
      moved.push(ms);
      await caughtUp.promise;
      moved.push(0);
    };
    await using on = await stage({ host: { advance } });
    const jump = on.sandbox.client.advance(5 * MINUTE);
    caughtUp.resolve();
    await jump;
    expect(moved).to.deep.equal([5 * MINUTE, 0]);
  });

  it("OPS-1 stays where it was when the bot's own program fails, and tells why", async () => {
    const advance = () => Promise.reject(new Error('no database'));
    await using on = await stage({ host: { advance } });
    const text = await refusal(on.sandbox.client.advance(MINUTE));
    expect(text).to.equal("sandbox: the bot's program did not follow the clock: no database");
    const now = new Date(START).toISOString();
    expect((await on.sandbox.client.state()).clock).to.deep.equal({ now, aheadMs: 0 });
  });

  it('tells whoever listens', async () => {
    await using on = await stage();
    const { body } = await fetch(`${on.sandbox.url}/sandbox/feed`);
    const told = (async () => {
      let text = '';
      for await (const chunk of body ?? []) {
        text += Buffer.from(chunk as Uint8Array).toString();
        if (text.includes('"clock"')) break;
      }
      return text;
    })();
    const now = await on.sandbox.client.advance(MINUTE);
    expect(await told).to.contain(JSON.stringify({ type: 'clock', now }));
  });

  it('stays where it is on reset', async () => {
    await using on = await stage();
    await on.sandbox.client.advance(MINUTE);
    await on.sandbox.client.reset();
    expect((await on.sandbox.client.state()).clock.aheadMs).to.equal(MINUTE);
  });

  for (const [ms, reason] of [
    [0, '"advanceMs" must be more than 0'],
    [-1, '"advanceMs" must be more than 0'],
    [30 * DAY + 1, '"advanceMs" must be 30 days (2592000000) at most'],
  ] as const) {
    it(`refuses to move by ${ms} ms`, async () => {
      await using on = await stage();
      expect(await refusal(on.sandbox.client.advance(ms))).to.equal(`sandbox: ${reason}`);
      expect((await on.sandbox.client.state()).clock.aheadMs).to.equal(0);
    });
  }
});
