export { createMeters, type ApiCall, type HandledUpdate, type Meters } from './meters.ts';
export type { Backlog } from './backlog.ts';
