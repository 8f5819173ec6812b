import { DOWNLOAD_MAX_BYTES, type Files } from '../files.ts';
import { badRequest } from './api-error.ts';
import type { Methods } from './method.ts';
import type { FileParam } from './params.ts';
import type { Document, PhotoSize } from './types.ts';

/** Downloading what people or the bot have sent. */
export const fileMethods: Methods = {
  getFile: {
    params: ['file_id'],
    run: ({ world, params }) => {
      const fileId = params.text('file_id') ?? '';
      if (fileId === '') throw badRequest('file_id not specified');
      const file = world.files.find(fileId);
      if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
      if (file.bytes.length > DOWNLOAD_MAX_BYTES) throw badRequest('file is too big');
      const part = file.photo?.find((size) => size.file_id === fileId) ?? file.document;
      return {
        file_id: fileId,
        file_unique_id: part?.file_unique_id,
        file_size: file.bytes.length,
        file_path: file.path,
      };
    },
  },
};

/** New bytes become a photo; a file id must be that of a photo. */
export async function readPhoto(files: Files, given: FileParam): Promise<PhotoSize[]> {
  if ('upload' in given) return files.addPhoto(given.upload.bytes);
  const file = knownFile(files, given.fileId);
  if (!file.photo) throw badRequest(`can't use file of type ${file.kind} as Photo`);
  return [...file.photo];
}

/** New bytes become a document; a file id must be that of a document. */
export function readDocument(files: Files, given: FileParam): Document {
  if ('upload' in given) return files.addDocument(given.upload.bytes, given.upload.filename);
  const file = knownFile(files, given.fileId);
  if (!file.document) throw badRequest(`can't use file of type ${file.kind} as Document`);
  return file.document;
}

function knownFile(files: Files, fileId: string) {
  if (/^https?:\/\//i.test(fileId)) throw badRequest('the sandbox does not fetch files by URL');
  const file = files.find(fileId);
  if (!file) throw badRequest('wrong file identifier/HTTP URL specified');
  return file;
}
