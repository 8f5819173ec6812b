import { checkBooks, type FreezePorts } from './check-books.ts';
import { liftFreeze } from './lift-freeze.ts';
import { noteOwnerTold, ownerNews, showBooks } from './show-freeze.ts';

export * from './freeze.ts';
export * from './ports.ts';
export type { AuditVerdict, BooksChecked, CheckBooks, CheckScope } from './check-books.ts';
export type { LiftFreeze } from './lift-freeze.ts';
export type { BooksNow, NoteOwnerTold } from './show-freeze.ts';

/** The books are checked again and again; while they do not add up, nothing is paid (WAL-13). */
export const createFreeze = (ports: FreezePorts) => ({
  check: checkBooks(ports),
  current: showBooks(ports),
  lift: liftFreeze(ports),
  ownerNews: ownerNews(ports),
  noteOwnerTold: noteOwnerTold(ports),
});
