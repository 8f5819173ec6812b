import type { Core, Ports } from '../../core/index.ts';
import type { People, PeoplePorts } from '../support/market.ts';
import type { Dump } from './dump.ts';
import type { Faults } from './faults.ts';

/** What a request works with: ports through the faults, or watched. */
export interface Means {
  readonly core: Core;
  readonly ports: PeoplePorts;
}

/** Sends a request, each time the very same one. */
export type Send = (means: Means) => Promise<unknown>;

/** Makes the scene of a request; nothing fails meanwhile. */
export type Prepare = (people: People, ports: PeoplePorts) => Promise<Send>;

/** A scene, and the request that is about to be sent. */
export interface World {
  /** Through the faults. */
  send(): Promise<unknown>;
  /** Undisturbed; `onCommit` is waited for after every commit. */
  sendWatched(onCommit: () => Promise<void>): Promise<unknown>;
  dump(): Promise<Dump>;
  readonly files: Pick<Ports['proofStorage'], 'read'>;
  readonly clock: PeoplePorts['clock'];
}

/** Where requests are sent while calls fail. */
export interface Ground {
  readonly faults: Faults;
  /** The scene as it was before anything was sent, in whichever world. */
  readonly fresh: () => Promise<World>;
}
