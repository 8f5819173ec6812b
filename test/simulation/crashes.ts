import type { Tx, UnitOfWork } from '../../core/index.ts';

/** The process died inside a transaction. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** The transaction is committed, and nobody was told. */
export class ReplyLost extends Error {
  override readonly name = 'ReplyLost';
}

/** What befalls one of the next transactions. */
export interface Fate {
  readonly what: 'crash' | 'lose reply';
  /** It dies at this call of a port, or at the latest just before its commit; 1 is the first. */
  readonly atCall: number;
  /** How many transactions pass unharmed before it. */
  readonly after: number;
}

type Call = (...args: readonly unknown[]) => unknown;

/** The same transaction; `count` is asked before every call of a port. */
const watched = (tx: Tx, count: () => void): Tx => {
  const repo = (target: object): object =>
    new Proxy(target, {
      get: (object, name) => {
        const member: unknown = Reflect.get(object, name);
        if (typeof member !== 'function') return member;
        return (...args: readonly unknown[]) => {
          count();
          return (member as Call)(...args);
        };
      },
    });
  return new Proxy(tx, {
    get: (object, name) => {
      if (name === 'savepoint') {
        const savepoint: Tx['savepoint'] = (work) =>
          tx.savepoint((inner) => work(watched(inner, count)));
        return savepoint;
      }
      return repo(Reflect.get(object, name) as object);
    },
  });
};

/** A unit of work whose transactions die, or whose answers get lost, as it is told. */
export const createCrashes = (inner: UnitOfWork<Tx>) => {
  let fate: (Omit<Fate, 'after'> & { after: number }) | undefined;
  const claimFate = (): Omit<Fate, 'after'> | undefined => {
    if (fate === undefined) return undefined;
    if (fate.after > 0) {
      fate.after -= 1;
      return undefined;
    }
    const mine = fate;
    fate = undefined;
    return mine;
  };
  const crash = <T>(work: (tx: Tx) => Promise<T>, atCall: number): Promise<T> =>
    inner.run(async (tx) => {
      let calls = 0;
      await work(
        watched(tx, () => {
          calls += 1;
          if (calls === atCall) throw new Crash(`at call ${atCall}`);
        }),
      );
      throw new Crash('before the commit');
    });
  const loseReply = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    await inner.run(work);
    throw new ReplyLost();
  };
  const unitOfWork: UnitOfWork<Tx> = {
    run: (work) => {
      const mine = claimFate();
      if (mine === undefined) return inner.run(work);
      return mine.what === 'crash' ? crash(work, mine.atCall) : loseReply(work);
    },
  };
  return {
    unitOfWork,
    /** Until `spared` is called. */
    threaten: (threat: Fate): void => {
      fate = { ...threat };
    },
    spared: (): void => {
      fate = undefined;
    },
  };
};

export type Crashes = ReturnType<typeof createCrashes>;
