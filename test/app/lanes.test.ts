import { expect } from 'chai';
import { createLanes, type Lanes } from '../../app/pipeline/lanes.ts';
import { silentLog } from '../support/silent-log.ts';

/** Work on lanes that a test lets go on step by step. */
const aWorkshop = () => {
  const waiting = new Map<number, string[]>();
  const begun: string[] = [];
  const open = new Map<string, () => void>();
  let look: () => void = () => undefined;
  const work = async (lane: number): Promise<boolean> => {
    const [next] = waiting.get(lane) ?? [];
    if (next === undefined) return false;
    const gate = Promise.withResolvers<void>();
    open.set(next, gate.resolve);
    begun.push(next);
    look();
    await gate.promise;
    waiting.get(lane)?.shift();
    return true;
  };
  return {
    work,
    begun,
    waiting: async () => [...waiting].filter(([, words]) => words.length > 0).map(([lane]) => lane),
    says: (lane: number, ...words: string[]) =>
      waiting.set(lane, [...(waiting.get(lane) ?? []), ...words]),
    finish: (word: string) => open.get(word)?.(),
    /** Resolves when so many have been begun. */
    hasBegun: (count: number): Promise<void> =>
      new Promise((resolve) => {
        look = () => begun.length >= count && resolve();
        look();
      }),
  };
};

describe('The lanes', () => {
  let workshop: ReturnType<typeof aWorkshop>;
  let lanes: Lanes;

  beforeEach(() => {
    workshop = aWorkshop();
    lanes = createLanes({ ...workshop, log: silentLog });
  });

  it('OPS-3 one person’s updates are handled one after the other, others’ beside them', async () => {
    workshop.says(1, 'first', 'second');
    workshop.says(2, 'other');
    lanes.wake([1, 2]);
    await workshop.hasBegun(2);
    expect(workshop.begun).to.have.members(['first', 'other']);
    workshop.finish('first');
    await workshop.hasBegun(3);
    expect(workshop.begun.at(-1)).to.equal('second');
    workshop.finish('second');
    workshop.finish('other');
    await lanes.stop();
  });

  it('OPS-3 what comes while a lane is worked on is not overlooked, and never done twice', async () => {
    workshop.says(1, 'first');
    lanes.wake([1]);
    await workshop.hasBegun(1);
    workshop.says(1, 'meanwhile');
    lanes.wake([1, 1]);
    workshop.finish('first');
    await workshop.hasBegun(2);
    workshop.finish('meanwhile');
    await lanes.stop();
    expect(workshop.begun).to.deep.equal(['first', 'meanwhile']);
  });

  it('OPS-3 what comes in the moment a lane is found empty is looked for once more', async () => {
    const again = Promise.withResolvers<void>();
    let looks = 0;
    const late = createLanes({
      work: async (lane) => {
        looks += 1;
        if (looks === 1) late.wake([lane]);
        else again.resolve();
        return false;
      },
      waiting: async () => [],
      log: silentLog,
    });
    late.wake([1]);
    await again.promise;
    await late.stop();
    expect(looks).to.equal(2);
  });

  it('OPS-3 people with endless updates do not keep anybody else from their turn', async () => {
    const flooders = Array.from({ length: 60 }, (_, index) => index + 1);
    const patient = 99;
    const served = Promise.withResolvers<void>();
    const turns = new Map<number, number>();
    const fair = createLanes({
      work: async (lane) => {
        turns.set(lane, (turns.get(lane) ?? 0) + 1);
        if (lane === patient) served.resolve();
        return lane !== patient;
      },
      waiting: async () => [],
      log: silentLog,
    });
    fair.wake([...flooders, patient]);
    await served.promise;
    await fair.stop();
    expect(turns.get(patient)).to.equal(1);
    expect(Math.max(...turns.values())).to.be.below(4);
  });

  it('OPS-4 finds what no wake-up announced', async () => {
    workshop.says(7, 'of another process');
    lanes.start();
    await workshop.hasBegun(1);
    workshop.finish('of another process');
    await lanes.stop();
  });

  it('OPS-3 stopping finishes the update under way and begins no other', async () => {
    workshop.says(1, 'under way', 'next');
    lanes.wake([1]);
    await workshop.hasBegun(1);
    const stopped = lanes.stop();
    lanes.wake([1]);
    workshop.finish('under way');
    await stopped;
    expect(workshop.begun).to.deep.equal(['under way']);
  });

  it('OPS-3 a lane that failed is free for the next look', async () => {
    const tries: number[] = [];
    const tried = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const failing = createLanes({
      work: async (lane) => {
        tries.push(lane);
        tried[tries.length - 1]?.resolve();
        throw new Error('no database');
      },
      waiting: async () => [1],
      log: silentLog,
    });
    failing.wake([1]);
    await tried[0]?.promise;
    failing.start();
    await tried[1]?.promise;
    await failing.stop();
    expect(tries.slice(0, 2)).to.deep.equal([1, 1]);
  });

  it('OPS-4 what another process has in hand is looked at again, without waiting for the sweep', async () => {
    let looks = 0;
    const done = Promise.withResolvers<void>();
    const shared = createLanes({
      work: async () => {
        looks += 1;
        if (looks < 3) return 'in-hand';
        done.resolve();
        return false;
      },
      waiting: async () => [],
      log: silentLog,
    });
    shared.wake([1]);
    await done.promise;
    await shared.stop();
    expect(looks).to.equal(3);
  });
});
