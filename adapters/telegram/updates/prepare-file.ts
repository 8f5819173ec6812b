import PQueue from 'p-queue';
import { TelegramError, type Telegram } from 'telegraf';
import { asRefusal, type Core, type Json, type Settings } from '../../../core/index.ts';
import type { FileUse } from '../dialogue/flow.ts';
import type { IncomingFile } from './incoming.ts';
import type { PreparedFile } from '../turn.ts';

const DOWNLOAD_TIMEOUT_MS = 30_000;
/** Files in hand at once, each wholly in memory; more lanes than that may wait for theirs. */
const FILES_AT_ONCE = 10;

export interface PreparePorts {
  readonly core: Pick<Core, 'files'>;
  readonly telegram: Telegram;
  readonly apiRoot: string;
  readonly token: string;
}

export interface FileToPrepare {
  readonly file: IncomingFile;
  readonly use: FileUse;
  readonly settings: Settings;
}

/** A file cannot be fetched or kept just now: Telegram or the line is away, or the disk is full. */
export class FileUnavailable extends Error {
  override readonly name = 'FileUnavailable';
}

/**
 * Downloads, checks and keeps a person's file before the transaction that refers to it. A refusal
 * is part of the answer; what may pass by itself is thrown as {@link FileUnavailable}. Ten at a time:
 * others wait for their turn.
 */
export const prepareFile = (ports: PreparePorts): ((wanted: FileToPrepare) => Promise<Json>) => {
  const queue = new PQueue({ concurrency: FILES_AT_ONCE });
  return (wanted) => queue.add(() => prepare(ports, wanted));
};

const prepare = async (
  { core, ...source }: PreparePorts,
  { file, use, settings }: FileToPrepare,
): Promise<Json> => {
  const maxBytes = settings.proofBytesMax;
  const tooLarge = asJson({ ok: false, code: 'file.too-large', details: { maxBytes } });
  if (file.size !== undefined && file.size > maxBytes) return tooLarge;
  try {
    const bytes = await download(source, file.fileId, maxBytes);
    const { storeScreenshot, storeTransferProof } = core.files;
    const store = use === 'screenshot' ? storeScreenshot : storeTransferProof;
    const stored = await store({ bytes, maxBytes });
    return asJson({ ok: true, file: { ...stored, channelFileId: file.uniqueId } });
  } catch (error) {
    if (isTooBig(error)) return tooLarge;
    const refusal = asRefusal(error);
    if (!refusal) throw ofTheSurroundings(error) ?? error;
    return asJson({ ok: false, code: refusal.code, details: refusal.details as Json });
  }
};

/** Telegram does not always say the size beforehand, and hands out 20 MB at most. */
const isTooBig = (error: unknown): boolean =>
  error instanceof TelegramError && /file is too big/.test(error.response.description);

/** A fault of Telegram's or of the disk, without the address, which contains the token. */
const ofTheSurroundings = (error: unknown): FileUnavailable | undefined => {
  if (error instanceof FileUnavailable) return error;
  if (error instanceof TelegramError) {
    const { error_code: code, description } = error.response;
    return new FileUnavailable(`Telegram does not give the file: ${code} ${description}`);
  }
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (typeof code !== 'string' || !SYSTEM_FAULT.test(code)) return undefined;
  return new FileUnavailable(`a file cannot be kept or fetched: ${code}`);
};

const SYSTEM_FAULT = /^E[A-Z]{3,}$/;

const asJson = (prepared: PreparedFile): Json => prepared as unknown as Json;

/** The link contains the token: it is built, used and forgotten here, and no error carries it. */
const download = async (
  { telegram, apiRoot, token }: Omit<PreparePorts, 'core'>,
  fileId: string,
  maxBytes: number,
): Promise<Uint8Array> => {
  const signal = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
  const { file_path: filePath } = await telegram.getFile(fileId).catch((error: unknown) => {
    if (error instanceof TelegramError) throw error;
    throw new FileUnavailable('Telegram cannot be asked for the file');
  });
  if (!filePath) throw new FileUnavailable('Telegram gave no path for the file');
  const address = `${apiRoot}/file/bot${token}/${filePath}`;
  try {
    return await bytesFrom(await fetch(address, { signal, redirect: 'error' }), maxBytes);
  } catch (error) {
    if (error instanceof FileUnavailable) throw error;
    throw new FileUnavailable('downloading a file from Telegram failed');
  }
};

/** The body, or so much of it that it is known to be too large. */
const bytesFrom = async (response: Response, maxBytes: number): Promise<Uint8Array> => {
  if (!response.ok || !response.body) {
    throw new FileUnavailable(`downloading a file from Telegram failed: HTTP ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    chunks.push(chunk);
    if (size > maxBytes) break;
  }
  return Buffer.concat(chunks);
};
