import { expect } from 'chai';
import type { Campaign } from '../../core/campaigns/index.ts';
import type { Proof, ProofFlag } from '../../core/proofs/index.ts';
import type { TakeStatus } from '../../core/tasks/index.ts';
import type { User } from '../../core/users/index.ts';
import { aFile, freshHash, later } from '../support/builders.ts';
import { failureOf, type Stage } from './harness.ts';
import { aDecision, decide, enterAdmin } from './proof-scenes.ts';
import { enterCampaign, enterProof, enterWorker, type NewProof } from './scenes.ts';
import { factsFor } from './task-wishes.ts';

/** What `ProofRepo` knows of pictures sent before, and of rejections. */
export const copies = (stage: Stage): void => {
  sameFiles(stage);
  pastHashes(stage);
  flags(stage);
  rejections(stage);
};

const proofOf = async (stage: Stage, { id: workerId }: User, change: NewProof = {}) =>
  enterProof(stage, await enterCampaign(stage), { take: { workerId }, ...change });

const sameFiles = (stage: Stage): void => {
  it('PRF-3 finds the newest proof of the same person with the same bytes or channel id', async () => {
    const worker = await enterWorker(stage);
    const file = aFile();
    const find = (asked = file) => stage.run((tx) => tx.proofs.findOwnSame(worker.id, asked));
    await proofOf(stage, worker, { file: aFile({ channelFileId: null }) });
    await proofOf(stage, await enterWorker(stage), { file });
    expect(await find()).to.equal(undefined);
    const newer = await proofOf(stage, worker, {
      file: aFile({ channelFileId: file.channelFileId }),
      submittedAt: later(2_000),
    });
    const older = await proofOf(stage, worker, {
      file: aFile({ sha256Received: file.sha256Received, channelFileId: null }),
      submittedAt: later(1_000),
    });
    expect(await find()).to.deep.equal(newer);
    expect(await find({ ...file, channelFileId: null })).to.deep.equal(older);
    expect(await find(aFile({ channelFileId: null }))).to.equal(undefined);
  });

  it('PRF-3 finds the oldest proof of somebody else with the same bytes or channel id', async () => {
    const worker = await enterWorker(stage);
    const file = aFile();
    const find = (asked = file) => stage.run((tx) => tx.proofs.findSameOfOthers(worker.id, asked));
    await proofOf(stage, worker, { file });
    await proofOf(stage, await enterWorker(stage), { file: aFile({ channelFileId: null }) });
    expect(await find()).to.equal(undefined);
    const other = (second: number, change: Partial<Proof['file']>) =>
      enterWorker(stage).then((sender) =>
        proofOf(stage, sender, { file: aFile(change), submittedAt: later(second * 1_000) }),
      );
    const bytes = { sha256Received: file.sha256Received };
    const second = await other(2, { ...bytes, channelFileId: null });
    expect(await find()).to.deep.equal(second);
    const first = await other(1, { channelFileId: file.channelFileId });
    await other(3, bytes);
    expect(await find()).to.deep.equal(first);
    expect(await find({ ...file, channelFileId: null })).to.deep.equal(second);
  });
};

const pastHashes = (stage: Stage): void => {
  it('PRF-3 tells the newest hashes of what one person sent for other links', async () => {
    const worker = await enterWorker(stage);
    const send = (second: number, campaign: Campaign, perceptualHash: string | null) =>
      enterProof(stage, campaign, {
        take: { workerId: worker.id, linkKey: campaign.link.key },
        submittedAt: later(second * 1_000),
        file: aFile({ perceptualHash }),
      });
    const elsewhere = () => enterCampaign(stage);
    const here = await enterCampaign(stage);
    const [one, two, three] = [freshHash(), freshHash(), freshHash()];
    const second = await send(2, await elsewhere(), two);
    const first = await send(1, await elsewhere(), one);
    const third = await send(3, await elsewhere(), three);
    await send(4, await elsewhere(), null);
    await send(5, here, freshHash());
    await proofOf(stage, await enterWorker(stage));
    const past = (limit: number) =>
      stage.run((tx) => tx.proofs.pastHashes(worker.id, here.link.key, limit));
    const expected = [
      { id: third.id, perceptualHash: three },
      { id: second.id, perceptualHash: two },
      { id: first.id, perceptualHash: one },
    ];
    expect(await past(10)).to.deep.equal(expected);
    expect(await past(2)).to.deep.equal(expected.slice(0, 2));
  });
};

const flags = (stage: Stage): void => {
  it('PRF-3 keeps what was noticed, the same file first', async () => {
    const [earlier, older] = [
      await enterProof(stage, await enterCampaign(stage)),
      await enterProof(stage, await enterCampaign(stage)),
    ];
    const same: ProofFlag = { kind: 'same-file', earlierProofId: earlier.id, distance: 0 };
    const similar: ProofFlag = { kind: 'similar', earlierProofId: older.id, distance: 41 };
    const noted = [same, similar];
    const proof = await enterProof(stage, await enterCampaign(stage), { flags: noted });
    const plain = await enterProof(stage, await enterCampaign(stage));
    const read = ({ id }: Proof) => stage.run((tx) => tx.reviewDesk.case(id, later(0)));
    expect((await read(proof))?.flags).to.deep.equal(noted);
    expect((await read(plain))?.flags).to.deep.equal([]);
  });

  it('PRF-3 a flag points to a stored proof', async () => {
    const { id } = await enterProof(stage, await enterCampaign(stage));
    const unknown: ProofFlag = {
      kind: 'same-file',
      earlierProofId: stage.ids.next(),
      distance: 0,
    };
    await failureOf(proofOf(stage, await enterWorker(stage), { flags: [unknown] }));
    expect((await stage.run((tx) => tx.reviewDesk.case(id, later(0))))?.flags).to.deep.equal([]);
  });
};

const rejections = (stage: Stage): void => {
  it('TSK-6 counts the rejections of one worker in one campaign that stand', async () => {
    const [worker, admin] = [await enterWorker(stage), await enterAdmin(stage)];
    const campaign = await enterCampaign(stage, { targetTotal: 9 });
    const endTake = ({ takeId }: Proof, status: TakeStatus) =>
      stage.run(async (tx) => {
        const take = await tx.tasks.lock(takeId);
        if (!take) throw new Error('the proof of this test has no take');
        const slot = status === 'rejected' ? 'available' : 'closed';
        await tx.tasks.save({ ...take, status, endedAt: later(60_000) }, slot);
      });
    const rejected = async (of: Campaign, who: User, take: TakeStatus = 'rejected') => {
      const proof = await enterProof(stage, of, { take: { workerId: who.id } });
      await endTake(proof, take);
      await decide(stage, aDecision(proof, admin, { verdict: 'rejected' }));
      return proof;
    };
    const standing = async () => (await factsFor(stage, worker.id, campaign))?.rejectionsStanding;
    expect(await standing()).to.equal(0);
    const first = await rejected(campaign, worker);
    await rejected(campaign, worker);
    await rejected(campaign, await enterWorker(stage));
    await rejected(await enterCampaign(stage), worker);
    expect(await standing()).to.equal(2);
    await decide(stage, aDecision(first, admin, { order: 'reversal', verdict: 'approved' }));
    expect(await standing()).to.equal(1);
    await rejected(campaign, worker, 'reversed');
    expect(await standing()).to.equal(1);
  });
};
