export { createMeters, type ApiCall, type Meters, type UpdateTry } from './meters.ts';
export type { Backlog } from './backlog.ts';
export type { BooksState } from './books.ts';
