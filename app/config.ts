import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Pace, Settings } from '../core/index.ts';
import { contradictionLines, settingsFrom, settingsSchema, whole } from './settings-variables.ts';

/** Several mistakes in the environment, one readable line each (SEC-5). */
export class ConfigError extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(`the settings have mistakes:\n${lines.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

const url = (protocols: readonly string[], example: string) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be an address such as ${example}`,
    );

const telegramIds = z
  .string()
  .regex(
    /^\d{1,15}(\s*,\s*\d{1,15})*$/,
    'must be Telegram ids separated by commas, such as 12345,67890',
  )
  .transform((list) => list.split(',').map(Number));

const chatId = z
  .string()
  .regex(/^-?[1-9]\d{0,14}$/, 'must be the id of a chat, such as 12345 or -1001234567890')
  .transform(Number);

const botToken = z
  .string()
  .regex(/^\d+:[\w-]{10,}$/, 'must be the token that BotFather gave, such as 123456:ABC-DEF…');

const POSTGRES = url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/upah');

const processSchema = z.object({
  BOT_TOKEN: botToken.optional(),
  TELEGRAM_API_ROOT: url(['https:', 'http:'], 'https://api.telegram.org').optional(),
  DATABASE_URL: POSTGRES.optional(),
  DATABASE_OWNER_URL: POSTGRES.optional(),
  DATABASE_POOL_MAX: whole(2, 100).optional(),
  DATA_DIR: z.string().min(1).optional(),
  ADMIN_TELEGRAM_IDS: telegramIds.optional(),
  OWNER_CHAT_ID: chatId.optional(),
  OWNER_BOT_TOKEN: botToken.optional(),
  ENCRYPTION_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits (32 random bytes)')
    .optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error')
    .optional(),
  LOG_FORMAT: z.enum(['json', 'pretty'], 'must be json or pretty').optional(),
  SANDBOX_PORT: whole(0, 65_535).optional(),
  WEBHOOK_URL: url(['https:', 'http:'], 'https://bot.example.com/telegram').optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, 'must be 16 to 256 letters, digits, _ or -')
    .optional(),
  WEBHOOK_PORT: whole(0, 65_535).optional(),
  HTTP_HOST: z.string().min(1).optional(),
  HTTP_PORT: whole(0, 65_535).optional(),
  SEND_PER_SECOND: whole(0, 1_000).optional(),
  SEND_PER_CHAT_PER_SECOND: whole(0, 100).optional(),
});

/** Every variable that is read. */
export const VARIABLES: readonly string[] = [
  ...Object.keys(processSchema.shape),
  ...Object.keys(settingsSchema.shape),
];

/** Telegram delivers to us instead of being asked. */
export interface WebhookConfig {
  /** Where Telegram reaches us from outside; its path is the path that is served. */
  readonly url: string;
  /** What Telegram has to show with every update. */
  readonly secret: string;
  /** Where we listen; 0 takes a free one. */
  readonly port: number;
}

/** A chat that hears when payments stop, apart from the admins (WAL-13). */
export interface OwnerChatConfig {
  readonly chatId: number;
  /** Of the bot that writes there; undefined: our own. */
  readonly token: string | undefined;
}

export interface Config {
  /** Undefined: the sandbox. */
  readonly botToken: string | undefined;
  readonly telegramApiRoot: string | undefined;
  /** As the bot's role; undefined: the embedded server. */
  readonly databaseUrl: string | undefined;
  /** As the owner, for migrations. */
  readonly databaseOwnerUrl: string | undefined;
  readonly databasePoolMax: number;
  /**
   * Proofs, the encryption key and the embedded database; the sandbox has a folder of its own in
   * it.
   */
  readonly dataDir: string;
  readonly adminTelegramIds: readonly number[];
  /** Undefined: there is none. */
  readonly ownerChat: OwnerChatConfig | undefined;
  /** 32 bytes in hex; undefined: a key file in the data directory. */
  readonly encryptionKey: string | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Undefined: JSON unless on a terminal. */
  readonly logJson: boolean | undefined;
  readonly sandboxPort: number;
  /** Undefined: long polling. */
  readonly webhook: WebhookConfig | undefined;
  /** Where webhook, health checks and metrics listen. */
  readonly httpHost: string;
  /** Of health checks and metrics; 0 takes a free one; undefined: they are not served. */
  readonly httpPort: number | undefined;
  /** How fast messages go out (0: no limit). */
  readonly pace: Pace;
  readonly settings: Settings;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment; an empty value counts as unset. Throws `ConfigError` with every mistake at
 * once.
 */
export const readConfig = (environment: Environment): Config => {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const own = processSchema.safeParse(set);
  const cfg = settingsSchema.safeParse(set);
  const mistakes = [...(own.error?.issues ?? []), ...(cfg.error?.issues ?? [])];
  const lines = mistakes.map(({ path, message }) => `${path.join('.')} ${message}`);
  if (!own.success || !cfg.success) throw new ConfigError(lines);
  const played = own.data.BOT_TOKEN === undefined ? SANDBOX_SETTINGS : {};
  const config = configOf(own.data, settingsFrom(cfg.data, played));
  const conflicts = conflictsOf(own.data, config);
  if (conflicts.length > 0) throw new ConfigError(conflicts);
  return config;
};

const configOf = (own: z.infer<typeof processSchema>, settings: Settings): Config => ({
  botToken: own.BOT_TOKEN,
  telegramApiRoot: own.TELEGRAM_API_ROOT?.replace(/\/+$/, ''),
  databaseUrl: own.DATABASE_URL ?? own.DATABASE_OWNER_URL,
  databaseOwnerUrl: own.DATABASE_OWNER_URL,
  databasePoolMax: own.DATABASE_POOL_MAX ?? 10,
  dataDir: dataDirOf(own),
  adminTelegramIds: own.ADMIN_TELEGRAM_IDS ?? [],
  ownerChat:
    own.OWNER_CHAT_ID === undefined
      ? undefined
      : { chatId: own.OWNER_CHAT_ID, token: own.OWNER_BOT_TOKEN },
  encryptionKey: own.ENCRYPTION_KEY,
  logLevel: own.LOG_LEVEL ?? (own.BOT_TOKEN === undefined ? 'warn' : 'info'),
  logJson: own.LOG_FORMAT === undefined ? undefined : own.LOG_FORMAT === 'json',
  sandboxPort: own.SANDBOX_PORT ?? 3000,
  webhook: webhookOf(own),
  httpHost: own.HTTP_HOST ?? '127.0.0.1',
  httpPort: own.HTTP_PORT ?? (own.BOT_TOKEN === undefined ? undefined : 3001),
  pace: {
    perSecond: own.SEND_PER_SECOND ?? 30,
    perChatPerSecond: own.SEND_PER_CHAT_PER_SECOND ?? 1,
  },
  settings,
});

/** The same secret in every replica without anybody having to choose one (SEC-4). */
const webhookOf = (own: z.infer<typeof processSchema>): WebhookConfig | undefined => {
  const { WEBHOOK_URL: address, WEBHOOK_SECRET: chosen, WEBHOOK_PORT: port, BOT_TOKEN } = own;
  if (address === undefined || BOT_TOKEN === undefined) return undefined;
  const secret = chosen ?? createHmac('sha256', BOT_TOKEN).update('upah webhook').digest('hex');
  return { url: address, secret, port: port ?? 3002 };
};

/** Play money never meets real money: the sandbox keeps its own data. */
const dataDirOf = ({ DATA_DIR, BOT_TOKEN }: z.infer<typeof processSchema>): string =>
  BOT_TOKEN === undefined ? join(DATA_DIR ?? './data', 'sandbox') : (DATA_DIR ?? './data');

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

const isOpenHttp = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !LOOPBACK.has(hostname);
};

/** Who plays wants to see soon what the other side did. */
const SANDBOX_SETTINGS: Partial<Settings> = { deskNoticeSeconds: 3 };

const hasMoreThanAPath = (address: string): boolean => {
  const { username, password, search, hash } = new URL(address);
  return [username, password, search, hash].some((part) => part !== '');
};

const conflictsOf = (
  own: z.infer<typeof processSchema>,
  { settings, webhook, httpPort }: Config,
): string[] =>
  [
    ...contradictionLines(settings),
    own.WEBHOOK_URL !== undefined &&
      own.BOT_TOKEN === undefined &&
      'WEBHOOK_URL needs BOT_TOKEN: without a token the sandbox is the Telegram',
    own.WEBHOOK_URL !== undefined &&
      isOpenHttp(own.WEBHOOK_URL) &&
      'WEBHOOK_URL must begin with https (http only on this very machine)',
    own.WEBHOOK_URL !== undefined &&
      hasMoreThanAPath(own.WEBHOOK_URL) &&
      'WEBHOOK_URL must be a host, perhaps a port, and a path: no user, query or fragment',
    webhook !== undefined &&
      webhook.port !== 0 &&
      webhook.port === httpPort &&
      'WEBHOOK_PORT and HTTP_PORT must differ',
    own.OWNER_BOT_TOKEN !== undefined &&
      own.OWNER_CHAT_ID === undefined &&
      'OWNER_BOT_TOKEN needs OWNER_CHAT_ID: the chat that it writes to',
    own.TELEGRAM_API_ROOT !== undefined &&
      own.BOT_TOKEN === undefined &&
      'TELEGRAM_API_ROOT needs BOT_TOKEN: without a token the sandbox is the Telegram',
  ].filter((line): line is string => line !== false);
