const word = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The names of the lines in -H that tell what a list shows. Those with a value end in the blank before it. */
export const flagWords: {
  readonly acl: Uint8Array;
  readonly authId: Uint8Array;
  readonly deliverFirstTime: Uint8Array;
  readonly frozen: Uint8Array;
  readonly heloName: Uint8Array;
  readonly hostAddress: Uint8Array;
  readonly hostName: Uint8Array;
  readonly receivedProtocol: Uint8Array;
  readonly senderSetUntrusted: Uint8Array;
} = {
  acl: word('acl'),
  authId: word('auth_id '),
  deliverFirstTime: word('deliver_firsttime'),
  frozen: word('frozen'),
  heloName: word('helo_name '),
  hostAddress: word('host_address '),
  hostName: word('host_name '),
  receivedProtocol: word('received_protocol '),
  senderSetUntrusted: word('sender_set_untrusted'),
};
