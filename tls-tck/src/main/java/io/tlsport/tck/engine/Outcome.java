package io.tlsport.tck.engine;

/** How a test ended. There is no fifth: a skip would be silence. */
public enum Outcome {
  /** The provider has it and does it. */
  PASS,
  /** The provider says that it has it not, and it was refused in time. */
  REFUSED,
  /** It fails, and that is known, with a link. */
  DEFECT,
  /** Anything else. */
  FAIL
}
