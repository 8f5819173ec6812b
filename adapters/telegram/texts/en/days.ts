import { calendar } from '../../format.ts';

/** Days as English tells them (UX-1). */
export const { day, dayTime } = calendar('en');
