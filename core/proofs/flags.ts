import { askTogether, type UserId } from '../kernel/index.ts';
import type { ReceivedFile } from '../files/index.ts';
import type { Tx } from '../ports.ts';
import { refuseProof, type ProofFlag } from './proof.ts';

/** Up to so many of 256 bits apart, two pictures count as nearly the same (PRF-3). */
export const SIMILAR_BITS_MAX = 41;

/** Of a worker's own proofs so many of the newest are compared. */
const COMPARED_MAX = 500;

/**
 * Notes what speaks for looking twice at a file that is about to be stored (PRF-3). The worker must
 * be locked: of two proofs sent at once the second sees the first.
 *
 * The very same file is looked for among everybody's. Nearly the same picture only among what this
 * worker sent for other links: honest screenshots of one campaign show one post in one app, as near
 * to each other as a copy, so that whole campaigns would be flagged; whoever sends an old picture for
 * a new link is not honest.
 *
 * @throws `proof.same-file` where this worker has sent the file before, for whatever task.
 */
export const noteCopies = async (
  tx: Pick<Tx, 'proofs'>,
  file: ReceivedFile,
  by: { readonly worker: UserId; readonly linkKey: string },
): Promise<readonly ProofFlag[]> => {
  const [own, same, similar] = await askTogether([
    tx.proofs.findOwnSame(by.worker, file),
    tx.proofs.findSameOfOthers(by.worker, file),
    nearestOfOwn(tx, file, by),
  ]);
  if (own) throw refuseProof('proof.same-file', { sentAt: own.submittedAt });
  return [
    ...(same ? [{ kind: 'same-file', earlierProofId: same.id, distance: 0 } as const] : []),
    ...(similar ? [similar] : []),
  ];
};

/** The newest of the nearest, where it is near enough. */
const nearestOfOwn = async (
  tx: Pick<Tx, 'proofs'>,
  { perceptualHash: hash }: ReceivedFile,
  { worker, linkKey }: { readonly worker: UserId; readonly linkKey: string },
): Promise<ProofFlag | undefined> => {
  if (hash === null) return undefined;
  let nearest: ProofFlag | undefined;
  for (const past of await tx.proofs.pastHashes(worker, linkKey, COMPARED_MAX)) {
    const distance = bitsApart(hash, past.perceptualHash);
    if (distance > SIMILAR_BITS_MAX || (nearest && distance >= nearest.distance)) continue;
    nearest = { kind: 'similar', earlierProofId: past.id, distance };
  }
  return nearest;
};

const DIGITS_AT_ONCE = 8;

/** How many bits of two hashes differ; both in hex, of one length. */
export const bitsApart = (a: string, b: string): number => {
  let bits = 0;
  for (let at = 0; at < a.length; at += DIGITS_AT_ONCE) {
    const [x, y] = [a, b].map((hash) => Number.parseInt(hash.slice(at, at + DIGITS_AT_ONCE), 16));
    for (let left = (x ?? 0) ^ (y ?? 0); left !== 0; left &= left - 1) bits += 1;
  }
  return bits;
};
