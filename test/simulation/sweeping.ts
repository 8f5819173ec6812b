import { asSystem, type Core, type Swept, type SweepRequest } from '../../core/index.ts';
import { Crash } from './crashes.ts';
import type { Town } from './town.ts';

const LIMIT = 100;

/** A job that works on one thing after the other, by the name of its use case. */
interface Sweep<Due> {
  readonly name: string;
  readonly of: (core: Core) => (request: SweepRequest<Due>) => Promise<Swept<Due>>;
}

/** One part of a sweep; a crash in it stops no other thing, and the next run finds it again. */
const sweepPart = async <Due>(
  town: Town,
  { name, of }: Sweep<Due>,
  after: Due | undefined,
): Promise<Swept<Due>> => {
  const isDoomed = town.faults && town.dice.chance(0.01);
  if (isDoomed) {
    const dice = town.dice;
    town.crashes.threaten({
      what: dice.chance(0.5) ? 'crash' : 'lose reply',
      atCall: dice.between(1, 10),
      after: dice.between(1, 3),
    });
  }
  const swept = await of(town.core)({ actor: asSystem(name), limit: LIMIT, after });
  town.crashes.spared();
  const did = swept.done > 0 ? town.figures.operations : town.figures.reads;
  did.add(name);
  for (const fault of swept.faults) {
    if (fault instanceof Crash) town.figures.survived.add('crashes inside a transaction');
    else if (isDoomed) town.figures.survived.add('answers lost behind their commit');
    else throw fault;
  }
  return swept;
};

/** All of it, again where a crash was met with. */
export const sweep = async <Due>(town: Town, what: Sweep<Due>): Promise<void> => {
  let [after, hadFaults, done]: [Due | undefined, boolean, number] = [undefined, false, 0];
  do {
    const swept: Swept<Due> = await sweepPart(town, what, after);
    hadFaults ||= swept.faults.length > 0;
    done += swept.done;
    after = swept.next ?? undefined;
  } while (after);
  if (done > 0) town.network.write(`${town.timetable.moment()} ${what.name} ${done}`);
  if (hadFaults) await sweep(town, what);
};
