import { DAY_MS, plusMs, type OwnerNoticeId } from '../../core/kernel/index.ts';
import { NEWS_DAYS, type OwnerNotice, type OwnerNotices } from '../../core/owner/index.ts';
import { compareText } from './indexes.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';
import { createTable } from './tables.ts';

/** A notice, and when it was told. */
export interface OwnerNoticeRow {
  readonly notice: OwnerNotice;
  readonly toldAt: Date | null;
}

export const createOwnerTables = (journal: Journal) => ({
  ownerNotices: createTable<OwnerNoticeId, OwnerNoticeRow>('owner notices', journal),
  /** When the report of a day was told, by the ms in which the day began. */
  ownerReports: createTable<number, Date>('owner reports', journal),
});

const oldestFirst = (a: OwnerNotice, b: OwnerNotice): number =>
  a.at.getTime() - b.at.getTime() || compareText(a.id, b.id);

/** What the owner is to hear, in memory. There are few: no index is needed. */
export const createOwnerNotices = (state: State): OwnerNotices => ({
  add: async (notice) => state.ownerNotices.set(notice.id, { notice, toldAt: null }),
  untold: async (now, limit) =>
    [...state.ownerNotices.values()]
      .filter(
        ({ notice, toldAt }) => toldAt === null && notice.at >= plusMs(now, -NEWS_DAYS * DAY_MS),
      )
      .map(({ notice }) => notice)
      .toSorted(oldestFirst)
      .slice(0, limit),
  markTold: async (id, at) => {
    const row = state.ownerNotices.get(id);
    if (row?.toldAt === null) state.ownerNotices.set(id, { ...row, toldAt: at });
  },
  lastReport: async (upTo) => {
    const days = [...state.ownerReports.entries()]
      .map(([day]) => day)
      .filter((day) => day <= upTo.getTime());
    return days.length === 0 ? null : new Date(Math.max(...days));
  },
  noteReport: async (day, at) => {
    const key = day.getTime();
    if (!state.ownerReports.get(key)) state.ownerReports.set(key, at);
  },
});

/** Forgets what the owner was to hear before then. */
export const forgetOwnerNews = (state: State, before: Date): void => {
  for (const { notice } of state.ownerNotices.values()) {
    if (notice.at < before) state.ownerNotices.remove(notice.id);
  }
};
