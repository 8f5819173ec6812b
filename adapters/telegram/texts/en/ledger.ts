import type { NamedAccount } from '../../../../core/index.ts';
import { bareLink } from '../../format.ts';
import type { ledger as indonesian } from '../id/ledger.ts';
import { common } from './common.ts';
import { transactionTypes } from './wallet.ts';

const about = ({ campaign }: NamedAccount): string =>
  campaign === null ? '–' : `${common.kind(campaign.taskKind)} · ${bareLink(campaign.link)}`;

const ownerOf = ({ owner }: NamedAccount): string => owner ?? '–';

export const ledger: typeof indonesian = {
  types: transactionTypes,
  groups: {
    outside: 'Outside world',
    revenue: 'Platform',
    escrow: 'Campaign funds',
    wallet: 'Balances',
    hold: 'Held for withdrawals',
  },
  account: (named: NamedAccount): string => {
    switch (named.account.kind) {
      case 'outside':
        return 'Banks and e-wallets';
      case 'revenue':
        return 'Revenue';
      case 'escrow':
        return about(named);
      case 'wallet':
      case 'hold':
        return ownerOf(named);
    }
  },
  end: (named: NamedAccount): string => {
    switch (named.account.kind) {
      case 'outside':
        return 'Outside world';
      case 'revenue':
        return 'Platform revenue';
      case 'escrow':
        return `Campaign funds ${about(named)}`;
      case 'wallet':
        return `${ownerOf(named)}’s balance`;
      case 'hold':
        return `${ownerOf(named)}’s held money`;
    }
  },
};
