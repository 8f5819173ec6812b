export { createCipher, type CipherKey, type CipherOptions } from './cipher.ts';
export { offsetClock, systemClock, type OffsetClock } from './clock.ts';
export { sha256Digests } from './digests.ts';
export { uuidIds } from './ids.ts';
export { loadOrCreateKey } from './key-file.ts';
export { keptClock, type KeptClock } from './kept-clock.ts';
