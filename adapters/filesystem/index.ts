export { createProofStorage, type ProofStorageOptions } from './proof-storage.ts';
