export type UnsubscribeActions = {
  /** Stops a reader's digests, or has them come again; false for a token that is not ours. */
  changeDigestWish(token: string, wantsDigest: boolean): Promise<boolean>
}
