import type { ReceivedFile } from '../../core/files/index.ts';

/** What makes two files the same one: equal bytes, or the channel says so (DEP-3, PRF-3). */
export const marksOf = ({ sha256Received, channelFileId }: ReceivedFile): readonly string[] =>
  channelFileId === null
    ? [`bytes ${sha256Received}`]
    : [`bytes ${sha256Received}`, `channel ${channelFileId}`];
