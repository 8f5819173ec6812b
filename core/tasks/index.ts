import type { UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import type { EntryPorts } from '../wallet/index.ts';
import { releaseTask } from './end-take.ts';
import { expireDue } from './expire-due.ts';
import { remindDue } from './remind-due.ts';
import { showHolders } from './show-holders.ts';
import { listMyTasks, listOffers, listPastTasks, showOffer, showTask } from './show-tasks.ts';
import { takeTask } from './take-task.ts';

export * from './ports.ts';
export * from './task.ts';
export { returnForSuspension } from './end-take.ts';
export { INTAKE_GRACE_MS } from './expire-due.ts';
export { freeSlot } from './free-slot.ts';
export { REMINDER_MS } from './remind-due.ts';
export type { ReleaseTask } from './end-take.ts';
export { sweepPieces, type Swept, type SweepRequest } from './sweep.ts';
export type { ShowHolders } from './show-holders.ts';
export type { ListOffers, ListPastTasks, ShowOffer, ShowTask } from './show-tasks.ts';
export type { TakeTask } from './take-task.ts';

interface TasksPorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

/** Slots, and the takes that workers have of them. */
export const createTasks = (ports: TasksPorts) => ({
  offers: listOffers(ports),
  offer: showOffer(ports),
  take: takeTask(ports),
  release: releaseTask(ports),
  mine: listMyTasks(ports),
  past: listPastTasks(ports),
  show: showTask(ports),
  holders: showHolders(ports),
  expireDue: expireDue(ports),
  remindDue: remindDue(ports),
});
