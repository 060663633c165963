/** A file that is made from others. Put one beside this file and export it as `generator`. */
export type Generator = {
  /** Path from the project's root. */
  path: string
  /** The whole text that the file must have. */
  render: () => string | Promise<string>
}
