import {
  campaignsContract,
  channelContract,
  depositsContract,
  ledgerReaderContract,
  outboxContract,
  proofsContract,
  tasksContract,
  unitOfWorkContract,
  usersContract,
  walletContract,
  withdrawalsContract,
} from '../../contracts/index.ts';
import { openPostgres } from './harness.ts';

campaignsContract('postgres', openPostgres);
channelContract('postgres', openPostgres);
depositsContract('postgres', openPostgres);
ledgerReaderContract('postgres', openPostgres);
outboxContract('postgres', openPostgres);
proofsContract('postgres', openPostgres);
tasksContract('postgres', openPostgres);
unitOfWorkContract('postgres', openPostgres);
usersContract('postgres', openPostgres);
walletContract('postgres', openPostgres);
withdrawalsContract('postgres', openPostgres);
