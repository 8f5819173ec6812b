import type { Campaign, CampaignOrder, Proof, Take } from '../../../core/index.ts';
import { asUser, idempotencyKey } from '../../../core/index.ts';
import { freshId, freshNumber, rupiahs } from '../../support/builders.ts';
import { aPicture, createChat, type Chat, type ChatPerson } from '../../support/chat.ts';

/** A bot with a client in it, and what happens before a desk has something to do. */
export const aScene = async (settings: Parameters<typeof createChat>[0] = {}) => {
  const chat = createChat(settings);
  const client = await chat.client({ firstName: 'Citra' });
  return {
    chat,
    client,
    campaign: (change?: Partial<CampaignOrder>) => aCampaign(chat, client, change),
    take: (worker: ChatPerson, campaign: Campaign) => take(chat, worker, campaign),
    /** Two proofs with the same `picture` are of the same bytes. */
    proof: async (worker: ChatPerson, campaign: Campaign, picture?: string) =>
      proof(chat, worker, { of: await take(chat, worker, campaign), picture }),
    wallet: async (person: ChatPerson) =>
      (await chat.core.wallet.balances({ actor: asUser((await person.user()).id) })).wallet,
  };
};

/** A funded campaign: likes at 500 rupiah, three of them, on a link of its own. */
const aCampaign = async (
  chat: Chat,
  client: ChatPerson,
  change: Partial<CampaignOrder> = {},
): Promise<Campaign> => {
  const actor = asUser((await client.user()).id);
  const order: CampaignOrder = {
    kind: 'like',
    link: `https://www.instagram.com/p/${freshNumber()}`,
    instructions: null,
    pricePerTask: rupiahs(500),
    target: 3,
    ...change,
  };
  const { total } = await chat.core.campaigns.quote({ actor, ...order });
  await chat.fund(client, Number(total));
  return chat.core.campaigns.create({ actor, ...order, key: idempotencyKey(freshId()) });
};

const take = async (chat: Chat, worker: ChatPerson, campaign: Campaign): Promise<Take> => {
  const actor = asUser((await worker.user()).id);
  return (await chat.core.tasks.take({ actor, campaignId: campaign.id })).take;
};

const proof = async (
  { core, clock }: Chat,
  worker: ChatPerson,
  { of, picture }: { readonly of: Take; readonly picture?: string | undefined },
): Promise<Proof> => {
  const bytes = aPicture(picture);
  const stored = await core.files.storeScreenshot({ bytes, maxBytes: 1_000_000 });
  return core.proofs.submit({
    actor: asUser((await worker.user()).id),
    takeId: of.id,
    file: { ...stored, channelFileId: String(freshNumber()) },
    sentAt: clock.now(),
  });
};
