export type { Receive } from './commit-together.ts';
export { createHealthServer, type Check, type HealthOptions, type Readiness } from './health.ts';
export type { HttpServer, Place } from './serving.ts';
export { createWebhookServer, type WebhookOptions } from './webhook.ts';
