import { createMemoryPorts, digests, magicBytesInspector } from '../../../adapters/memory/index.ts';
import { actorName } from '../../../core/index.ts';
import * as contracts from '../../contracts/index.ts';

const open = async (): Promise<contracts.Harness> => {
  const ports = createMemoryPorts();
  return { ports, clock: ports.clock, ids: ports.ids, dispose: async () => {} };
};

contracts.unitOfWorkContract('memory', open);
contracts.usersContract('memory', open);
contracts.walletContract('memory', open);
contracts.campaignsContract('memory', open);
contracts.campaignBoardContract('memory', open);
contracts.tasksContract('memory', open);
contracts.proofsContract('memory', open);
contracts.approvalsContract('memory', open);
contracts.broadcastsContract('memory', open);
contracts.depositsContract('memory', open);
contracts.withdrawalsContract('memory', open);
contracts.freezesContract('memory', open);
contracts.ownerContract('memory', open);
contracts.casesContract('memory', open);
contracts.channelContract('memory', open);
contracts.outboxContract('memory', open);
contracts.ledgerReaderContract('memory', open);
contracts.auditChainContract('memory', open);
contracts.auditTrailContract('memory', open);
contracts.reportsContract('memory', open);

contracts.proofStorageContract('memory', async () => ({
  proofStorage: createMemoryPorts().proofStorage,
  dispose: async () => {},
}));

contracts.recordsContract('memory', async () => {
  const ports = createMemoryPorts();
  return {
    ports,
    clock: ports.clock,
    ids: ports.ids,
    auditRows: async (subjectId) =>
      ports
        .auditLog()
        .filter((row) => row.subjectId === subjectId)
        .map(({ action, actor, before, after }) => ({
          action,
          actor: actorName(actor),
          before,
          after,
        })),
    changeSetting: async (key, value) => {
      const read = typeof value === 'string' ? BigInt(value) : value;
      ports.changeSettings({ [key]: read });
    },
    dispose: async () => {},
  };
});

contracts.cipherContract('memory', () => createMemoryPorts().cipher);
contracts.digestsContract('memory', () => digests);
contracts.idsContract('memory', () => createMemoryPorts().ids);

/** Only the first bytes count in memory. */
const magic = (bytes: readonly number[], more = ''): Uint8Array =>
  Uint8Array.from([...bytes, ...new TextEncoder().encode(more.padEnd(200, ' '))]);

contracts.imageInspectorContract('memory', async () => ({
  imageInspector: magicBytesInspector,
  pictures: {
    'image/jpeg': magic([0xff, 0xd8, 0xff, 0xe0]),
    'image/png': magic([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    'image/webp': magic([], 'RIFF    WEBPVP8 '),
  },
}));
