import { ContainerModule } from 'inversify';
import { createImageInspector } from '../../adapters/images/index.ts';
import type { PostgresPorts } from '../../adapters/postgres/index.ts';
import { sha256Digests } from '../../adapters/system/index.ts';
import {
  createCore,
  type Cipher,
  type Clock,
  type Ids,
  type Ports,
  type ProofStorage,
} from '../../core/index.ts';
import { TOKENS } from '../tokens.ts';

/** The core, given every port it needs. */
export const marketplaceModule = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Ports).toResolvedValue(
      (
        stored: PostgresPorts,
        proofStorage: ProofStorage,
        cipher: Cipher,
        clock: Clock,
        ids: Ids,
      ): Ports => ({
        ...stored,
        proofStorage,
        cipher,
        clock,
        ids,
        imageInspector: createImageInspector(),
        byteDigest: sha256Digests,
        digests: sha256Digests,
      }),
      [TOKENS.PostgresPorts, TOKENS.ProofStorage, TOKENS.Cipher, TOKENS.Clock, TOKENS.Ids],
    );
    bind(TOKENS.Core).toResolvedValue(createCore, [TOKENS.Ports]);
  });
