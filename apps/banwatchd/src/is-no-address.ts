import { parseNetwork } from '@sluice/pipeline';

const readsLikeAddress = /^(?:\d+(?:\.\d+){3}|(?=.*:)[\da-f:.]+)(?:\/.*)?$/i;

/**
 * Whether a text reads like an address or network (digits and dots, hexadecimal digits and colons) and is none: nothing may
 * act on it, since a firewall may take it for another address (`192.030.0.6`). Other texts are ids of their own.
 */
export const isNoAddress = (text: string): boolean => readsLikeAddress.test(text) && parseNetwork(text) === undefined;
