import type { UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import type { EntryPorts } from '../wallet/index.ts';
import { releaseTask } from './end-take.ts';
import { expireDue } from './expire-due.ts';
import { remindDue } from './remind-due.ts';
import { listMyTasks, listOffers, showOffer, showTask } from './show-tasks.ts';
import { takeTask } from './take-task.ts';

export * from './ports.ts';
export * from './task.ts';
export { returnForSuspension } from './end-take.ts';
export { INTAKE_GRACE_MS } from './expire-due.ts';
export { freeSlot } from './free-slot.ts';
export { REMINDER_MS } from './remind-due.ts';
export type { ReleaseTask } from './end-take.ts';
export type { Swept, SweepRequest } from './sweep.ts';
export type { ListOffers, ShowOffer, ShowTask } from './show-tasks.ts';
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
  show: showTask(ports),
  expireDue: expireDue(ports),
  remindDue: remindDue(ports),
});
