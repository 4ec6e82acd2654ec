/** A file that the demo can't use; the message says what was found and what is expected. */
export class OrdersFileError extends Error {}
