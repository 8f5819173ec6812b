import { expect } from 'chai';
import { createPipeline, type PipelineParts } from '../../app/pipeline/pipeline.ts';
import { silentLog } from '../support/silent-log.ts';

/** Parts that note the order of what is asked of them; `change` replaces some. */
const aPipeline = (change: Partial<PipelineParts> = {}) => {
  const asked: string[] = [];
  const note = (what: string) => async (): Promise<void> => void asked.push(what);
  const parts: PipelineParts = {
    receiver: {
      listen: note('listen'),
      run: (stop) =>
        new Promise((resolve) =>
          stop.addEventListener('abort', () => {
            asked.push('receiving ends');
            resolve();
          }),
        ),
    },
    lanes: { start: () => void asked.push('lanes'), wake: () => {}, stop: note('lanes end') },
    answers: {
      expect: () => {},
      claim: () => true,
      give: async () => {},
      stop: note('answers end'),
    },
    sender: { start: () => void asked.push('sender'), wake: () => {}, stop: note('sender ends') },
    jobs: {
      start: note('jobs'),
      runNow: async () => true,
      catchUp: async () => {},
      stop: note('jobs end'),
    },
    log: silentLog,
    stopMsMax: 20,
    ...change,
  };
  return { asked, pipeline: createPipeline(parts) };
};

const hangs = (): Promise<void> => new Promise(() => {});

describe('The pipeline', () => {
  it('OPS-3 takes nothing in before it can be handled and sent', async () => {
    const { asked, pipeline } = aPipeline();
    await pipeline.start();
    expect(asked).to.deep.equal(['sender', 'lanes', 'jobs', 'listen']);
    await pipeline.stop();
  });

  it('OPS-3 stops from the front: what was taken in is handled, and its answers go out', async () => {
    const { asked, pipeline } = aPipeline();
    await pipeline.start();
    asked.length = 0;
    await pipeline.stop();
    expect(asked[0]).to.equal('receiving ends');
    expect(asked.slice(1, 3)).to.have.members(['jobs end', 'lanes end']);
    expect(asked.slice(3)).to.deep.equal(['answers end', 'sender ends']);
  });

  it('OPS-3 an update or an upload that hangs does not keep it from ending', async () => {
    for (const hanging of ['lanes', 'sender'] as const) {
      const stuck = { start: () => {}, wake: () => {}, stop: hangs };
      const { pipeline } = aPipeline({ [hanging]: stuck });
      await pipeline.start();
      await pipeline.stop();
    }
  });

  it('OPS-3 says when receiving has ended for good', async () => {
    const run = async (): Promise<void> => {
      throw new Error('Telegram no longer knows this BOT_TOKEN');
    };
    const { pipeline } = aPipeline({ receiver: { listen: async () => {}, run } });
    await pipeline.start();
    const error = await pipeline.failed.catch((reason: unknown) => reason);
    expect(String(error)).to.contain('BOT_TOKEN');
    await pipeline.stop();
  });
});
