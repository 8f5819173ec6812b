import type { Language } from '../../adapters/sandbox/index.ts';

/** Names and amounts, as they are read. */
export interface Facts {
  readonly client: string;
  readonly worker: string;
  readonly admin: string;
  readonly target: number;
  readonly topUp: string;
  readonly price: string;
  /** Of all tasks together. */
  readonly total: string;
  /** What comes back when the campaign is deleted. */
  readonly refund: string;
  /** The client's balance at the end. */
  readonly left: string;
}

/** What stands below the chats while a part of the story is played; short enough to be read. */
export interface Captions {
  readonly title: string;
  readonly clientJoins: string;
  readonly workerJoins: string;
  readonly adminJoins: string;
  readonly topsUp: string;
  readonly credits: string;
  readonly credited: string;
  readonly orders: string;
  readonly funds: string;
  readonly takes: string;
  readonly proves: string;
  readonly reviews: string;
  readonly earns: string;
  readonly withdraws: string;
  readonly paysOut: string;
  readonly receives: string;
  readonly closes: string;
  readonly ends: string;
}

const id = (facts: Facts): Captions => {
  const { client, worker, admin, target, topUp, price, total, refund, left } = facts;
  return {
    title: 'Perjalanan satu upah, dari top-up sampai cair',
    clientJoins: `${client} punya toko dan ingin lebih dikenal. Ia mendaftar sebagai Client.`,
    workerJoins: `${worker} mencari penghasilan tambahan. Ia mendaftar sebagai Worker.`,
    adminJoins: `${admin} adalah admin. Ia memeriksa bukti dan uang.`,
    topsUp: `${client} mentransfer ${topUp}, lalu mengirim buktinya.`,
    credits: `${admin} mencocokkannya dengan mutasi rekening, lalu menyetujuinya.`,
    credited: `Baru sekarang saldo ${client} bertambah ${topUp}.`,
    orders: `${client} memesan ${target} like dengan upah ${price} per like.`,
    funds: `${total} pindah dari saldo ke dana campaign (escrow). Upahnya terjamin.`,
    takes: `${worker} memilih tugas itu dan mengambilnya.`,
    proves: `Setelah memberi like, ${worker} mengirim tangkapan layar.`,
    reviews: `${admin} memeriksa bukti itu dan menyetujuinya.`,
    earns: `Saat itu juga, ${price} pindah dari dana campaign ke saldo ${worker}.`,
    withdraws: `${worker} mencairkan upahnya ke DANA. Uangnya ditahan dulu.`,
    paysOut: `${admin} mentransfer uangnya, lalu mencatatnya di bot.`,
    receives: `Uang ${worker} sudah sampai. Tidak ada lagi yang ditahan.`,
    closes: `${client} menghapus campaign. Sisa dananya, ${refund}, langsung kembali.`,
    ends: `Saldo ${client} kini ${left}. Jumlah semua akun tetap nol.`,
  };
};

const en = (facts: Facts): Captions => {
  const { client, worker, admin, target, topUp, price, total, refund, left } = facts;
  return {
    title: 'The journey of one reward, from top-up to payout',
    clientJoins: `${client} has a shop and wants it to be known. She joins as a client.`,
    workerJoins: `${worker} would like to earn a little extra. He joins as a worker.`,
    adminJoins: `${admin} is an admin. She checks proofs and money.`,
    topsUp: `${client} transfers ${topUp} and sends the receipt.`,
    credits: `${admin} compares it with the bank statement and approves.`,
    credited: `Only now does ${client}'s balance grow by ${topUp}.`,
    orders: `${client} orders ${target} likes and pays ${price} for each.`,
    funds: `${total} moves from her balance into the campaign's funds (escrow).`,
    takes: `${worker} chooses the task and takes it.`,
    proves: `${worker} likes the post and sends a screenshot.`,
    reviews: `${admin} checks the proof and approves it.`,
    earns: `At that moment ${price} moves from the campaign's funds to ${worker}.`,
    withdraws: `${worker} withdraws it to DANA. The money is put on hold first.`,
    paysOut: `${admin} transfers the money and records it in the bot.`,
    receives: `${worker} has his money. Nothing is on hold any more.`,
    closes: `${client} deletes the campaign. What is left, ${refund}, comes straight back.`,
    ends: `${client}'s balance is ${left}. All accounts still add up to zero.`,
  };
};

/** The captions in one language. */
export const captionsIn = (language: Language): ((facts: Facts) => Captions) =>
  language === 'en' ? en : id;

/** Said by screens whose texts need more than the tour knows. */
export const SCREENS: Readonly<
  Record<Language, { readonly [K in 'transferProof' | 'proof' | 'withdrawal']: string }>
> = {
  id: {
    transferProof: 'Bukti transfer diterima',
    proof: 'Bukti terkirim',
    withdrawal: 'Permintaan withdraw terkirim',
  },
  en: {
    transferProof: 'Transfer proof received',
    proof: 'Proof sent',
    withdrawal: 'Withdrawal requested',
  },
};
