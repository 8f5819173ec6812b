export { BOT_ROLE } from '../migrations/index.ts';
export { grantDatabase } from './databases.ts';
export { joinEmbeddedPostgres, type JoinedPostgres } from './join.ts';
export {
  DATABASE,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './start.ts';
