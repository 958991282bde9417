/** Protocol of NETLINK_SOCK_DIAG that is asked for (`linux/inet_diag.h`): TCP. */
export const tcp = 6;

/** Address families (`linux/socket.h`). */
export const socketFamilies = { 4: 2, 6: 10 } as const;

/** All states of TCP but LISTEN, which is 10 (`net/tcp_states.h`). */
export const connectedStates: number = 0xfff & ~(1 << 10) & ~1;

/** `struct inet_diag_sockid`. */
export const socketIdBytes = 48;
