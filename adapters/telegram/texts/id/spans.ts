const MINUTE_MS = 60_000;

/** How long from one moment to another: `12 menit`, `2 jam 5 menit`, `3 hari`. */
export const span = (from: Date, to: Date): string => {
  const minutes = Math.floor((to.getTime() - from.getTime()) / MINUTE_MS);
  if (minutes < 1) return 'kurang dari 1 menit';
  if (minutes < 60) return `${minutes} menit`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} hari`;
  return minutes % 60 === 0 ? `${hours} jam` : `${hours} jam ${minutes % 60} menit`;
};

/** How old something is, short enough for a button: `baru saja`, `12 menit`, `2 jam`, `3 hari`. */
export const age = (from: Date, to: Date): string => {
  const minutes = Math.floor((to.getTime() - from.getTime()) / MINUTE_MS);
  if (minutes < 1) return 'baru saja';
  const hours = Math.floor(minutes / 60);
  return hours < 1 || hours >= 48 ? span(from, to) : `${hours} jam`;
};
