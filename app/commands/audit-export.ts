import { open } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import {
  AUDIT_SUBJECTS,
  CSV_HEAD,
  csvLine,
  EXPORT_PART_MAX,
  type Actor,
  type AuditFilter,
  type AuditLine,
  type CampaignId,
  type Core,
  type Slice,
  type SliceRequest,
  type UserId,
} from '../../core/index.ts';
import { progressBar } from '../progress-bar.ts';
import { withCore } from './with-core.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

const id =
  <I extends string>() =>
  (text: string): I => {
    if (UUID.test(text)) return text as I;
    throw new InvalidArgumentError('give an id, as the CSV has it');
  };

/** Midnight in Jakarta. */
const day = (text: string): Date => {
  const at = new Date(`${text}T00:00:00+07:00`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime())) return at;
  throw new InvalidArgumentError('give a day like 2026-11-21');
};

/** `upah audit export` (AUD-3): the whole log, or what fits the filter, newest first. */
export const auditExport = (actor: Actor) =>
  new Command('export')
    .description('write the log, newest first, as CSV into a new file')
    .requiredOption('--out <file>', 'a file that is not there yet')
    .option('--user <id>', 'what somebody did, or what concerns them', id<UserId>())
    .option('--admin <id>', 'what somebody did', id<UserId>())
    .option('--campaign <id>', 'what belongs to a campaign', id<CampaignId>())
    .addOption(new Option('--subject <kind>', 'what it is about').choices(AUDIT_SUBJECTS))
    .option('--day <day>', 'a day of Jakarta: 2026-11-21', day)
    .action(async ({ out, user, admin, campaign, subject, day: on }) => {
      const filter = { userId: user, actorId: admin, campaignId: campaign, subject, day: on };
      const rows = await withCore((core) => write(core, actor, { out, filter }));
      console.log(`${rows} rows written to ${out}`);
    });

interface Wanted {
  readonly out: string;
  readonly filter: AuditFilter;
}

/** Part by part: memory does not grow with the log. */
const write = async (core: Core, actor: Actor, { out, filter }: Wanted): Promise<number> => {
  const file = await open(out, 'wx');
  const bar = progressBar();
  try {
    await core.audit.orderExport({ actor, filter });
    await file.appendFile(CSV_HEAD);
    let rows = 0;
    let from: SliceRequest['from'] = null;
    do {
      const slice = { from, size: EXPORT_PART_MAX };
      const part: Slice<AuditLine> = await core.audit.exportPart({ actor, filter, slice });
      await file.appendFile(part.items.map(csvLine).join(''));
      rows += part.items.length;
      bar.show({ name: 'audit log', done: rows, total: rows });
      from = part.older === null ? null : { key: part.older, towards: 'older' };
    } while (from !== null);
    return rows;
  } finally {
    bar.clear();
    await file.close();
  }
};
