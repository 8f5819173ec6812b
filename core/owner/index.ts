import { noteTold, untold, type OwnerPorts } from './tell-owner.ts';

export * from './owner-notice.ts';
export { tellOwner, type NoteTold } from './tell-owner.ts';

/** What the owner hears in a chat of their own, beside all that the bot tells its users. */
export const createOwner = (ports: OwnerPorts) => ({
  untold: untold(ports),
  noteTold: noteTold(ports),
});
