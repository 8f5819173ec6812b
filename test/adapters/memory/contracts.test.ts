import { createMemoryPorts } from '../../../adapters/memory/index.ts';
import * as contracts from '../../contracts/index.ts';

const open = async (): Promise<contracts.Harness> => {
  const ports = createMemoryPorts();
  return { ports, clock: ports.clock, ids: ports.ids, dispose: async () => {} };
};

contracts.unitOfWorkContract('memory', open);
contracts.usersContract('memory', open);
contracts.walletContract('memory', open);
contracts.campaignsContract('memory', open);
contracts.tasksContract('memory', open);
contracts.proofsContract('memory', open);
contracts.depositsContract('memory', open);
contracts.withdrawalsContract('memory', open);
contracts.channelContract('memory', open);
contracts.outboxContract('memory', open);
contracts.ledgerReaderContract('memory', open);

contracts.proofStorageContract('memory', async () => ({
  proofStorage: createMemoryPorts().proofStorage,
  dispose: async () => {},
}));
