import { createManualClock } from '../../adapters/memory/index.ts';
import { CODES } from '../../adapters/telegram/codes.ts';
import { textsIn } from '../../adapters/telegram/texts/index.ts';
import { asUser } from '../../core/index.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { aDesk, type Desk } from '../support/desk-on-postgres.ts';
import { figuresOf, type Side, type Tournament } from './contest.ts';
import { seedStage, STAGE } from './seed-stage.ts';

interface OpenDesk {
  readonly name: string;
  readonly desk: Desk;
  readonly database: TestDatabase;
}

const CALLS = 15;
const AT_MOST = 1.2;
const ADMIN = asUser(STAGE.admin);
const LABELS = textsIn('id').labels;
const PAGE = { page: 0, size: 8 };

/** What opening the desk is made of, and the whole tap. */
const OPENINGS: Readonly<Record<string, (desk: Desk) => Promise<unknown>>> = {
  'how many wait, and since when': ({ core }) => core.proofs.queue({ actor: ADMIN }),
  'the next case': ({ core }) => core.proofs.next({ actor: ADMIN, skipped: [] }),
  'the list of those that wait': ({ core }) => core.proofs.waiting({ actor: ADMIN, page: PAGE }),
  "the admin's home, from tap to commit": (desk) => desk.tap(STAGE.adminTelegramId, CODES.home),
  'the desk, from tap to commit': (desk) => desk.say(STAGE.adminTelegramId, LABELS.review),
};

/** REV-1: the desk opens as fast when very many wait. */
export const queue: Tournament = {
  what: 'opening the review desk when many proofs wait against when few do, medians of single calls',
  sizes: { many: 100_000, few: 10 },
  turns: 5,
  openAll: async ({ many = 0, few = 0 }) => {
    const [crowded, calm] = [await openDesk(many), await openDesk(few)];
    return {
      trials: Object.entries(OPENINGS).map(([name, open]) => ({
        name,
        unit: 'ms',
        measure: 'value',
        reach: { atMost: AT_MOST },
        ours: sideOf(crowded, open),
        yardstick: sideOf(calm, open),
      })),
      close: async () => {
        await crowded.database.drop();
        await calm.database.drop();
      },
    };
  },
};

const openDesk = async (waiting: number): Promise<OpenDesk> => {
  const database = await cloneDatabase();
  await seedStage(database, { waiting, lines: 10 });
  const desk = aDesk(database.orm, createManualClock(new Date()));
  return { name: `${waiting.toLocaleString('en-US')} wait`, desk, database };
};

const sideOf = ({ name, desk }: OpenDesk, open: (desk: Desk) => Promise<unknown>): Side => ({
  name,
  run: async () => {
    const times: number[] = [];
    for (let turn = 0; turn < CALLS; turn += 1) {
      const start = performance.now();
      await open(desk);
      times.push(performance.now() - start);
    }
    return { value: figuresOf(times).median };
  },
});
