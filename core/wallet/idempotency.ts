import {
  canonical,
  idempotencyKey,
  invariant,
  type Actor,
  type Digests,
  type IdempotencyKey,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { refuseWallet, type WalletTransaction } from './transaction.ts';

/**
 * A request that commits money: the key made when its summary was shown, and its content (WAL-7).
 */
export interface KeyedRequest {
  readonly key: IdempotencyKey;
  readonly fingerprint: string;
}

/** Binds a person's key to the person, so that nobody meets the key of another. */
export const ownKey = (actor: Actor, key: string): IdempotencyKey => {
  invariant(actor.kind === 'user', 'only people bring keys; decisions make their own');
  return idempotencyKey(`user:${actor.id}:${key}`);
};

/** Equal exactly for equal content. */
export const fingerprintOf = (digests: Digests, content: unknown): string =>
  digests.sha256(canonical(content));

/**
 * The transaction that this request made before, if it did. The same key with other content is
 * refused (WAL-7). Look before doing anything else: a replay must change nothing.
 */
export const findReplay = async (
  tx: Pick<Tx, 'wallets'>,
  request: KeyedRequest,
): Promise<WalletTransaction | undefined> =>
  replayOf(request, await tx.wallets.findByKey(request.key));

/** As above, where what stands under the key was read together with other things. */
export const replayOf = (
  { key, fingerprint }: KeyedRequest,
  earlier: WalletTransaction | undefined,
): WalletTransaction | undefined => {
  if (earlier && earlier.fingerprint !== fingerprint) {
    throw refuseWallet('wallet.key-reused', { key });
  }
  return earlier;
};
