import {
  askTogether,
  refuseCommon,
  type Actor,
  type CampaignId,
  type Page,
  type PageRequest,
  type TakeId,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { personOf, requireActor } from '../users/index.ts';
import type { OfferTerms } from './ports.ts';
import { refuseTask, type Offer, type PastTask, type TakeView } from './task.ts';

interface ShowPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface ListOffers {
  readonly actor: Actor;
  readonly page: PageRequest;
}

/** What the acting worker may take, best paid first (TSK-2, TSK-6). */
export const listOffers =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, page }: ListOffers): Promise<Page<Offer>> =>
    unitOfWork.run(async (tx) => tx.taskBoard.offers(await termsFor(tx, actor), page));

export interface ShowOffer {
  readonly actor: Actor;
  readonly campaignId: CampaignId;
}

/** One of them; `task.gone` where it can no longer be taken. */
export const showOffer =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, campaignId }: ShowOffer): Promise<Offer> =>
    unitOfWork.run(async (tx) => {
      const offer = await tx.taskBoard.offer(await termsFor(tx, actor), campaignId);
      if (!offer) throw refuseTask('task.gone');
      return offer;
    });

const termsFor = async (tx: Tx, actor: Actor): Promise<OfferTerms> => {
  const { id: worker } = await requireActor(tx, actor, 'worker');
  const { rejectionsMax } = await tx.settings.current();
  return { worker, rejectionsMax };
};

/** The acting worker's tasks that are taken or under review, oldest first (TSK-5). */
export const listMyTasks =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor }: { readonly actor: Actor }): Promise<readonly TakeView[]> =>
    unitOfWork.run(async (tx) => {
      const [, mine] = await askTogether([
        requireActor(tx, actor, 'worker'),
        tx.taskBoard.liveOf(personOf(actor)),
      ]);
      return mine;
    });

export interface ListPastTasks {
  readonly actor: Actor;
  readonly page: PageRequest;
}

/** What came of the acting worker's tasks that have ended, the newest end first (TSK-1, PRF-4). */
export const listPastTasks =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, page }: ListPastTasks): Promise<Page<PastTask>> =>
    unitOfWork.run(async (tx) => {
      const [, past] = await askTogether([
        requireActor(tx, actor, 'worker'),
        tx.taskBoard.past(personOf(actor), page),
      ]);
      return past;
    });

export interface ShowTask {
  readonly actor: Actor;
  readonly takeId: TakeId;
}

/** One take of the acting worker, also an ended one. */
export const showTask =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, takeId }: ShowTask): Promise<TakeView> =>
    unitOfWork.run(async (tx) => {
      const [worker, view] = await askTogether([
        requireActor(tx, actor, 'worker'),
        tx.taskBoard.view(takeId),
      ]);
      if (!view || view.take.workerId !== worker.id) {
        throw refuseCommon('not-found', { what: 'take' });
      }
      return view;
    });
