import { forBotRole } from '../format.ts';

/** Reasons of admins, and lists of campaigns. */
export const campaigns = `
-- CAM-6: why an admin paused or deleted it. Of a pause before this release nobody wrote it down.
alter table campaigns add column status_reason text;
update campaigns set status_reason = 'Alasannya tidak dicatat.' where paused_by = 'admin';
alter table campaigns add constraint campaigns_status_reason_fits_status check (
  case status
    when 'paused' then (paused_by = 'admin') = (status_reason is not null)
    when 'deleted' then true
    else status_reason is null
  end
);
-- admins' list of all campaigns, newest first
create index campaigns_newest on campaigns (created_at, id);
-- the same of one state
create index campaigns_status_newest on campaigns (status, created_at, id);
-- what came in for a campaign day by day
create index task_proofs_campaign on task_proofs (campaign_id, submitted_at);

${forBotRole('grant update (status_reason) on campaigns to upah_bot;')}
`;
