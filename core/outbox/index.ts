import { deliverDue } from './deliver-due.ts';

export * from './notice.ts';
export * from './notify.ts';
export * from './ports.ts';
export type { DeliverDue } from './deliver-due.ts';

/** Messages that the bot owes people. */
export const createOutbox = (ports: Parameters<typeof deliverDue>[0]) => ({
  deliverDue: deliverDue(ports),
});
