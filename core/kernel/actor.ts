import type { UserId } from './ids.ts';

/**
 * Who asks. Rights are checked in the core from this argument, never by hiding a button (ACC-6).
 */
export type Actor =
  | { readonly kind: 'user'; readonly id: UserId }
  | { readonly kind: 'operator'; readonly name: string }
  | { readonly kind: 'system'; readonly job: string };

export const asUser = (id: UserId): Actor => ({ kind: 'user', id });
export const asOperator = (name: string): Actor => ({ kind: 'operator', name });
export const asSystem = (job: string): Actor => ({ kind: 'system', job });

/**
 * How an actor is written in the audit log and in `…_by` columns: `user:<id>`, `operator:<name>`,
 * `system:<job>`.
 */
export const actorName = (actor: Actor): string => {
  switch (actor.kind) {
    case 'user':
      return `user:${actor.id}`;
    case 'operator':
      return `operator:${actor.name}`;
    case 'system':
      return `system:${actor.job}`;
  }
};
