const shape = /^[0-9A-Za-z]{6}-(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{2}|[0-9A-Za-z]{11}-[0-9A-Za-z]{4})$/;

/**
 * Whether a text has the shape of a message id: `TTTTTT-PPPPPP-SS`, or `TTTTTT-PPPPPPPPPPP-SSSS` from Exim 4.97 on, of
 * ASCII letters and digits. Exim itself decides by the shape alone, and both kinds stand in one queue after an upgrade.
 */
export const isMessageId = (text: string): boolean => shape.test(text);
