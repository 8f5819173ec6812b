// A process of its own, killed in the middle of its work: it is given operations, calls the real use
// cases on PostgreSQL, and answers each after its commit.
import { createOrm, createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { readConfig } from '../../../app/config.ts';
import { asRefusal, createCore, type TakeId, type UserId } from '../../../core/index.ts';
import { portsAround } from '../../support/ports-around.ts';
import { mutated, mutantNamed } from '../mutants.ts';
import type { Operation, Outcome } from './operations.ts';
import { perform, type Stage } from './perform.ts';

/** From the driver. */
export interface Request {
  readonly number: number;
  readonly operation: Operation;
}

/** To the driver. */
export interface Reply {
  readonly number: number;
  readonly outcome: Outcome;
}

const NUMBER = '+6281234567890';

const aStage = async (): Promise<Stage> => {
  const { settings, databaseUrl = '', dataDir } = readConfig(process.env);
  const orm = await createOrm({ url: databaseUrl, poolMax: 12 });
  const stored = createPostgresPorts({ orm, settings });
  const defect = mutantNamed(process.env['FAULTS_MUTANT']);
  const ports = portsAround(mutated(stored, defect), dataDir);
  return {
    core: createCore(ports),
    numberOf: (user: UserId) => ports.cipher.seal(NUMBER, `conversation:${user}`),
    proofOf: async (take: TakeId) => {
      const find = 'select id from task_proofs where take_id = ?';
      const [row] = await orm.em.fork().execute<{ id: string }[]>(find, [take]);
      return row?.id;
    },
  };
};

const outcomeOf = async (stage: Stage, operation: Operation): Promise<Outcome> => {
  try {
    return { end: 'done', id: await perform(stage, operation) };
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal) return { end: 'refused', code: refusal.code };
    return { end: 'unknown', why: error instanceof Error ? error.message : String(error) };
  }
};

const stage = await aStage();
process.on('message', ({ number, operation }: Request) => {
  void outcomeOf(stage, operation).then((outcome) => {
    const reply: Reply = { number, outcome };
    process.send?.(reply);
  });
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
