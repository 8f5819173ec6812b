const BY_ADMIN = `('campaign.paused-by-admin', 'campaign.resumed-by-admin',
  'campaign.deleted-by-admin')`;
const NOT_SAID = '{"reason":"Alasannya tidak dicatat."}';

/**
 * Notices of the release before that are owed or were missed get what this one tells (NTF-2). Within
 * one that tells of others nothing names the campaign: there it is counted, and not told.
 */
export const notices = `
update outbox set payload =
  (payload::jsonb || jsonb_build_object('campaignId', split_part(dedupe_key, ':', 2)))::json
where kind = 'notice' and payload ->> 'kind' = 'campaign.half' and payload ->> 'campaignId' is null;
update outbox set payload = (payload::jsonb || '${NOT_SAID}')::json
where kind = 'notice' and payload ->> 'kind' in ${BY_ADMIN} and payload ->> 'reason' is null;
update outbox set payload = jsonb_set(payload::jsonb, '{newest}', (
    select coalesce(jsonb_agg(case
        when told ->> 'kind' in ${BY_ADMIN} and told ->> 'reason' is null then told || '${NOT_SAID}'
        else told end order by place), '[]')
    from jsonb_array_elements(payload::jsonb -> 'newest') with ordinality as news (told, place)
    where told ->> 'kind' <> 'campaign.half' or told ->> 'campaignId' is not null))::json
where kind = 'notice' and payload ->> 'kind' = 'account.missed';
`;
