/** Most uids that are remembered to find the ones that come twice: 64 MiB of hashes at worst. */
export const maxTracked = 4_194_304;
