import { TelegramError, type Telegram } from 'telegraf';
import { asRefusal, type Core, type Json, type Settings } from '../../core/index.ts';
import type { FileUse } from './dialogue/flow.ts';
import type { IncomingFile } from './incoming.ts';
import type { PreparedFile } from './turn.ts';

const DOWNLOAD_TIMEOUT_MS = 30_000;

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

/**
 * Downloads, checks and keeps a person's file before the transaction that refers to it. A refusal
 * is part of the answer; a network fault throws, and the update is tried again.
 */
export const prepareFile =
  (ports: PreparePorts) =>
  async ({ file, use, settings }: FileToPrepare): Promise<Json> => {
    const maxBytes = settings.proofBytesMax;
    const tooLarge = asJson({ ok: false, code: 'file.too-large', details: { maxBytes } });
    if (file.size !== undefined && file.size > maxBytes) return tooLarge;
    try {
      const bytes = await download(ports, file.fileId, maxBytes);
      const store =
        use === 'screenshot'
          ? ports.core.files.storeScreenshot
          : ports.core.files.storeTransferProof;
      const stored = await store({ bytes, maxBytes });
      return asJson({ ok: true, file: { ...stored, channelFileId: file.uniqueId } });
    } catch (error) {
      if (isTooBig(error)) return tooLarge;
      const refusal = asRefusal(error);
      if (!refusal) throw error;
      return asJson({ ok: false, code: refusal.code, details: refusal.details as Json });
    }
  };

/** Telegram does not always say the size beforehand, and hands out 20 MB at most. */
const isTooBig = (error: unknown): boolean =>
  error instanceof TelegramError && /file is too big/.test(error.response.description);

const asJson = (prepared: PreparedFile): Json => prepared as unknown as Json;

/** The link contains the token: it is built, used and forgotten here, and no error carries it. */
const download = async (
  { telegram, apiRoot, token }: PreparePorts,
  fileId: string,
  maxBytes: number,
): Promise<Uint8Array> => {
  const signal = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
  const { file_path: filePath } = await telegram.getFile(fileId);
  if (!filePath) throw new Error('Telegram gave no path for the file');
  const response = await fetch(`${apiRoot}/file/bot${token}/${filePath}`, {
    signal,
    redirect: 'error',
  }).catch(() => {
    throw new Error('downloading a file from Telegram failed');
  });
  if (!response.ok || !response.body) {
    throw new Error(`downloading a file from Telegram failed: HTTP ${response.status}`);
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
