/**
 * What an admin may do (ADM-1), given by the operator: `review` decides proofs and campaigns, `money`
 * top-ups, withdrawals and adjustments, `users` people and broadcasts, `settings` every *cfg*. Every
 * admin sees figures, the audit log and lists.
 */
export type Permission = 'review' | 'money' | 'users' | 'settings';

/** In the order in which they are shown. */
export const PERMISSIONS: readonly Permission[] = ['review', 'money', 'users', 'settings'];
