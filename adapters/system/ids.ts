import { v7 } from 'uuid';
import type { Id, Ids } from '../../core/kernel/index.ts';

/**
 * UUID v7. Grows within the process even inside one millisecond and when the machine's clock is set
 * back (the package keeps a counter; node's own generator does not).
 */
export const uuidIds: Ids = { next: <I extends Id<string>>() => v7() as I };
