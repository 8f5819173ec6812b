import { join } from 'node:path';
import { ContainerModule } from 'inversify';
import { createProofStorage } from '../../adapters/filesystem/index.ts';
import { createLogger } from '../../adapters/logging/index.ts';
import {
  createCipher,
  keptClock,
  loadOrCreateKey,
  systemClock,
  uuidIds,
} from '../../adapters/system/index.ts';
import type { Config } from '../config.ts';
import { TOKENS } from '../tokens.ts';

/** Configuration, log, clock, ids, the key of personal data, the folder of proofs. */
export const systemModule = (config: Config): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Config).toConstantValue(config);
    bind(TOKENS.SandboxClock).toResolvedValue(
      ({ dataDir }: Config) => keptClock(systemClock, join(dataDir, 'clock-ahead-ms')),
      [TOKENS.Config],
    );
    // Real Telegram runs by the machine's clock, whatever was tried in the sandbox.
    bind(TOKENS.Clock).toDynamicValue((context) =>
      config.botToken === undefined ? context.getAsync(TOKENS.SandboxClock) : systemClock,
    );
    bind(TOKENS.Ids).toConstantValue(uuidIds);
    bind(TOKENS.Logger).toResolvedValue(
      ({ logLevel: level, logJson: json }: Config) =>
        createLogger({ level, ...(json === undefined ? {} : { json }) }),
      [TOKENS.Config],
    );
    bind(TOKENS.Cipher).toResolvedValue(
      async ({ encryptionKey, dataDir }: Config) => {
        const key = encryptionKey
          ? Buffer.from(encryptionKey, 'hex')
          : await loadOrCreateKey(join(dataDir, 'encryption.key'));
        return createCipher({ keys: [{ id: 'k1', key }] });
      },
      [TOKENS.Config],
    );
    bind(TOKENS.ProofStorage).toResolvedValue(
      ({ dataDir }: Config) => createProofStorage({ root: join(dataDir, 'proofs') }),
      [TOKENS.Config],
    );
  });
