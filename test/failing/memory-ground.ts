import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { createCore } from '../../core/index.ts';
import { peopleOn } from '../support/market.ts';
import { createFaults } from './faults.ts';
import { faultyPorts, watchedPorts } from './faulty-ports.ts';
import type { Ground, Prepare } from './ground.ts';

/** Every call to a port of memory can fail; each world is a new one. */
export const openMemoryGround = (prepare: Prepare): Ground => {
  const faults = createFaults();
  return {
    faults,
    fresh: async () => {
      const ports = createMemoryPorts();
      const send = await prepare(peopleOn(ports), ports);
      const faulty = faultyPorts(ports, faults);
      const failing = { ports: faulty, core: createCore(faulty) };
      return {
        send: () => send(failing),
        sendWatched: (onCommit) => {
          const watched = watchedPorts(ports, onCommit);
          return send({ ports: watched, core: createCore(watched) });
        },
        dump: async () => ports.everything(),
        files: ports.proofStorage,
        clock: ports.clock,
      };
    },
  };
};
