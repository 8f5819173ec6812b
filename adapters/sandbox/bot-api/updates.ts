import { ApiError, badRequest } from './api-error.ts';
import type { Call, Methods } from './method.ts';

const WEBHOOK_ACTIVE =
  "Conflict: can't use getUpdates method while webhook is active; " +
  'use deleteWebhook to delete the webhook first';
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** How updates reach the bot: long polling or a webhook. */
export const updateMethods: Methods = {
  getUpdates: {
    params: ['offset', 'limit', 'timeout', 'allowed_updates'],
    run: ({ world, params, gone }) => {
      if (world.webhook.target) throw new ApiError(409, WEBHOOK_ACTIVE);
      world.queue.allow(readKinds(params));
      const limit = params.integer('limit') ?? 100;
      const timeout = params.integer('timeout') ?? 0;
      return world.queue.poll({
        offset: params.integer('offset') ?? 0,
        limit: Math.min(100, Math.max(1, limit)),
        timeoutSeconds: Math.min(50, Math.max(0, timeout)),
        gone,
      });
    },
  },
  setWebhook: {
    params: ['url', 'max_connections', 'allowed_updates', 'drop_pending_updates', 'secret_token'],
    run: setWebhook,
  },
  deleteWebhook: {
    params: ['drop_pending_updates'],
    run: ({ world, params }) => {
      if (params.flag('drop_pending_updates')) world.queue.clear();
      world.webhook.point(undefined);
      return true;
    },
  },
  getWebhookInfo: {
    params: [],
    run: ({ world: { webhook, queue } }) => ({
      url: webhook.target?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: queue.pending().length,
      ...(webhook.failure && {
        last_error_date: webhook.failure.at,
        last_error_message: webhook.failure.message,
      }),
      ...(webhook.target && { max_connections: webhook.target.maxConnections }),
      ...(queue.allowed && { allowed_updates: queue.allowed }),
    }),
  },
};

function setWebhook({ world, params }: Call): true {
  const url = params.text('url') ?? '';
  if (url !== '') requireLoopback(url);
  const secretToken = params.text('secret_token') ?? '';
  if (secretToken !== '' && !/^[\w-]{1,256}$/.test(secretToken)) {
    throw badRequest('secret token contains unallowed characters');
  }
  world.queue.allow(readKinds(params));
  if (params.flag('drop_pending_updates')) world.queue.clear();
  world.queue.interrupt(new ApiError(409, 'Conflict: terminated by setWebhook request'));
  const maxConnections = Math.min(100, Math.max(1, params.integer('max_connections') ?? 40));
  const target = { url, maxConnections, ...(secretToken !== '' && { secretToken }) };
  world.webhook.point(url === '' ? undefined : target);
  return true;
}

/** Plain http is fine here, but updates never leave this machine. */
function requireLoopback(url: string): void {
  if (!URL.canParse(url)) throw badRequest('bad webhook: invalid webhook URL specified');
  const { hostname, protocol } = new URL(url);
  if (!LOOPBACK.includes(hostname) || !/^https?:$/.test(protocol)) {
    throw badRequest('bad webhook: the sandbox calls http on this machine only');
  }
}

function readKinds(params: Call['params']): string[] | undefined {
  const kinds = params.json('allowed_updates') ?? undefined;
  if (kinds === undefined) return undefined;
  if (!Array.isArray(kinds) || !kinds.every((kind) => typeof kind === 'string')) {
    throw badRequest("can't parse allowed_updates: expected an Array of Strings");
  }
  return kinds;
}
