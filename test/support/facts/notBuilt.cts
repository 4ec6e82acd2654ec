/** Documented operations that the catalogue does not have yet; whoever builds one takes its line out. */
export const notBuilt: readonly string[] = ['transfer.downloadReceipt'];
