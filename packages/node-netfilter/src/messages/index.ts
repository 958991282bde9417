export { formatKey } from '../keys/format-key.ts';
export { type ParsedKey, parseKey } from '../keys/parse-key.ts';
export { decodeObject } from './decode-object.ts';
export { ElementReader } from './element-reader.ts';
export {
  type BatchOptions,
  type BatchPlace,
  type EncodedBatch,
  encodeBatch,
} from './encode-batch.ts';
export { type DumpQuery, encodeDump } from './encode-dump.ts';
export { encodeGet, type GetQuery } from './encode-get.ts';
export type { BatchPart } from './locate.ts';
export { type Ack, decodeAck } from './netlink/decode-ack.ts';
export { messageFlag } from './netlink/message-flag.ts';
export { messageType } from './netlink/message-type.ts';
export { type NetlinkMessage, readMessages } from './netlink/read-messages.ts';
export type { RulesetObject } from './ruleset-object.ts';
export { type DiagnosedSocket, decodeSocket } from './sock-diag/decode-socket.ts';
export { encodeSocketDestroy, encodeSocketDump } from './sock-diag/encode-socket-request.ts';
