import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProofStorage } from '../../../adapters/filesystem/index.ts';
import { proofStorageContract } from '../../contracts/index.ts';

proofStorageContract('filesystem', async () => {
  const root = mkdtempSync(join(tmpdir(), 'upah-proofs-'));
  return {
    proofStorage: createProofStorage({ root }),
    dispose: async () => rmSync(root, { recursive: true, force: true }),
  };
});
