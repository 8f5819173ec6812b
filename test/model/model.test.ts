import { expect } from 'chai';
import { mutated } from '../faults/mutants.ts';
import { clonesForEach } from '../support/clones.ts';
import { memoryGround } from './ground-memory.ts';
import { postgresGround } from './ground-postgres.ts';
import type { Ground } from './ground.ts';
import { runModel, type ModelFailure, type ModelResult } from './run.ts';
import { KINDS } from './scripts.ts';
import { missing } from './tally.ts';

const SEED = 20_261_121;

/** The failure as people read it, so that mocha shows the script. */
const told = ({ failure }: ModelResult): string =>
  failure ? [`seed ${failure.seed}`, ...failure.script, failure.why].join('\n') : '';

/** `npm run model` in small: see docs/testing.md. */
describe('whatever people ask for, in any order', function () {
  this.timeout(120_000);

  it('WAL-2 WAL-3 WAL-4 WAL-7 WAL-8 in memory, what the rules say happens', async () => {
    const result = await runModel({
      grounds: [memoryGround()],
      commands: 4_000,
      seed: SEED,
      parallel: false,
    });
    expect(told(result)).to.equal('');
    expect(missing(result.tally, KINDS, 1_000), 'kinds that were hardly done').to.deep.equal([]);
  });

  it('a marketplace that forgets its keys is found out by a script of a few requests', async () => {
    const forgetful = memoryGround((ports) => ({ ...ports, ...mutated(ports, 'no-key') }));
    const { failure } = await runModel({
      grounds: [forgetful],
      commands: 4_000,
      seed: SEED,
      parallel: false,
    });
    expect(failure, 'it was not found').to.not.equal(undefined);
    const { script, why } = failure as ModelFailure;
    expect(script.length, script.join('\n')).to.be.lessThan(6);
    expect(why).to.match(/RuleBroken/);
  });

  describe('on PostgreSQL', () => {
    const { cleanup, clone } = clonesForEach();
    const lane = async (): Promise<Ground> => postgresGround(await clone(), cleanup);

    it('WAL-2 WAL-3 WAL-4 WAL-7 the same happens, one by one', async () => {
      const grounds = [await lane(), await lane()];
      const result = await runModel({ grounds, commands: 400, seed: SEED, parallel: false });
      expect(told(result)).to.equal('');
    });

    it('WAL-7 REV-4 TSK-3 several at once come to what they come to in some order', async () => {
      const grounds = [await lane(), await lane()];
      const result = await runModel({ grounds, commands: 600, seed: SEED + 1, parallel: true });
      expect(told(result)).to.equal('');
    });
  });
});
