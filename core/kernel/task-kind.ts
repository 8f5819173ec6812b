/** What a worker is paid for doing on a link (CAM-1). */
export const TASK_KINDS = ['view', 'like', 'comment', 'share', 'follow'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];
