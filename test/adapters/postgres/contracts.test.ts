import {
  approvalsContract,
  auditChainContract,
  auditTrailContract,
  broadcastsContract,
  campaignBoardContract,
  campaignsContract,
  casesContract,
  channelContract,
  depositsContract,
  freezesContract,
  ledgerReaderContract,
  outboxContract,
  ownerContract,
  proofsContract,
  reportsContract,
  tasksContract,
  unitOfWorkContract,
  usersContract,
  walletContract,
  withdrawalsContract,
} from '../../contracts/index.ts';
import { openPostgres } from './harness.ts';

describe('every port on PostgreSQL', () => {
  before(function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
  });

  auditChainContract('postgres', openPostgres);
  auditTrailContract('postgres', openPostgres);
  campaignsContract('postgres', openPostgres);
  campaignBoardContract('postgres', openPostgres);
  casesContract('postgres', openPostgres);
  channelContract('postgres', openPostgres);
  depositsContract('postgres', openPostgres);
  freezesContract('postgres', openPostgres);
  ledgerReaderContract('postgres', openPostgres);
  outboxContract('postgres', openPostgres);
  ownerContract('postgres', openPostgres);
  proofsContract('postgres', openPostgres);
  reportsContract('postgres', openPostgres);
  approvalsContract('postgres', openPostgres);
  broadcastsContract('postgres', openPostgres);
  tasksContract('postgres', openPostgres);
  unitOfWorkContract('postgres', openPostgres);
  usersContract('postgres', openPostgres);
  walletContract('postgres', openPostgres);
  withdrawalsContract('postgres', openPostgres);
});
