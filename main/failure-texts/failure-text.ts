// Owns what every expected failure says.
export interface FailureText {
  /** What happened, and why if that is known. A sentence. */
  readonly message: string
  /** The next step for the person. A sentence that starts with a verb. */
  readonly remedy: string
}
