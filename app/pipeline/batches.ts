import type { Actor, Core, Swept, SweepRequest } from '../../core/index.ts';

export interface BatchRequest {
  readonly actor: Actor;
  readonly limit: number;
}

/** A part of what a job does. */
export interface Batch extends Pick<Swept, 'done' | 'faults'> {
  /** The next batch; null where nothing more waits. */
  readonly next: (() => Promise<Batch>) | null;
}

type First = (core: Core, request: BatchRequest) => Promise<Batch>;

/** Batches that each go on where the one before ended. */
export const sweeping =
  <Due>(useCase: (core: Core) => (request: SweepRequest<Due>) => Promise<Swept<Due>>): First =>
  (core, first) => {
    const from = async (request: SweepRequest<Due>): Promise<Batch> => {
      const { next: after, ...batch } = await useCase(core)(request);
      return { ...batch, next: after && (() => from({ ...first, after })) };
    };
    return from(first);
  };

/** Batches that say how much each did; after a full one more may be waiting. */
export const counting =
  (useCase: (core: Core) => (request: BatchRequest) => Promise<number>): First =>
  (core, request) => {
    const again = async (): Promise<Batch> => {
      const done = await useCase(core)(request);
      return { done, faults: [], next: done < request.limit ? null : again };
    };
    return again();
  };
