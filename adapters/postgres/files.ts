import type { FileType, ReceivedFile } from '../../core/files/index.ts';

/** A received file as columns of the row it belongs to. */
export interface FileRow {
  readonly file_path: string;
  readonly file_sha256_received: string;
  readonly file_sha256_stored: string;
  readonly file_perceptual_hash: string | null;
  readonly file_size: bigint;
  readonly file_type: FileType;
  readonly file_channel_id: string | null;
}

export const toFile = (row: FileRow): ReceivedFile => ({
  path: row.file_path,
  sha256Received: row.file_sha256_received,
  sha256Stored: row.file_sha256_stored,
  perceptualHash: row.file_perceptual_hash,
  size: Number(row.file_size),
  type: row.file_type,
  channelFileId: row.file_channel_id,
});
