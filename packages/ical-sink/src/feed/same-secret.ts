import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const key = randomBytes(32);
const blinded = (text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(blinded(given), blinded(secret));
