import { storeScreenshot, storeTransferProof, type FilePorts } from './store-file.ts';

export * from './files.ts';
export * from './ports.ts';
export type { FilePorts, StoreFile } from './store-file.ts';

/** Files that people send, kept before the transaction that refers to them. */
export const createFiles = (ports: FilePorts) => ({
  storeScreenshot: storeScreenshot(ports),
  storeTransferProof: storeTransferProof(ports),
});
