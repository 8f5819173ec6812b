import { randomBytes } from 'node:crypto';
import { createCipher, sha256Digests, uuidIds } from '../../../adapters/system/index.ts';
import { cipherContract, digestsContract, idsContract } from '../../contracts/index.ts';

cipherContract('system', () => createCipher({ keys: [{ id: 'k1', key: randomBytes(32) }] }));
digestsContract('system', () => sha256Digests);
idsContract('system', () => uuidIds);
