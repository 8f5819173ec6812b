export { createMeters, type ApiCall, type Looked, type Meters, type UpdateTry } from './meters.ts';
export type { Backlog } from './backlog.ts';
export type { BooksState } from './books.ts';
export type { MarketState } from './market.ts';
export type { ReadinessState } from './readiness.ts';
