import type { NamedAccount } from '../../../../core/index.ts';
import { bareLink } from '../../format.ts';
import { common } from './common.ts';
import { transactionTypes } from './wallet.ts';

const about = ({ campaign }: NamedAccount): string =>
  campaign === null ? '–' : `${common.kind(campaign.taskKind)} · ${bareLink(campaign.link)}`;

const ownerOf = ({ owner }: NamedAccount): string => owner ?? '–';

/** The ledger in plain words, for whoever shows it outside a chat. */
export const ledger = {
  types: transactionTypes,
  groups: {
    outside: 'Dunia luar',
    revenue: 'Platform',
    escrow: 'Dana campaign',
    wallet: 'Saldo',
    hold: 'Ditahan untuk withdraw',
  },
  /** Under its group. */
  account: (named: NamedAccount): string => {
    switch (named.account.kind) {
      case 'outside':
        return 'Bank dan e-wallet';
      case 'revenue':
        return 'Pendapatan';
      case 'escrow':
        return about(named);
      case 'wallet':
      case 'hold':
        return ownerOf(named);
    }
  },
  /** As one end of a posting. */
  end: (named: NamedAccount): string => {
    switch (named.account.kind) {
      case 'outside':
        return 'Dunia luar';
      case 'revenue':
        return 'Pendapatan platform';
      case 'escrow':
        return `Dana campaign ${about(named)}`;
      case 'wallet':
        return `Saldo ${ownerOf(named)}`;
      case 'hold':
        return `Uang ${ownerOf(named)} yang ditahan`;
    }
  },
};
