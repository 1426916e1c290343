package io.tlsport.core.policy.cipher;

/** What a rule of a cipher list does with the suites that it means. */
enum Operation {
  /** No sign: adds what is not in, at the end. */
  ADD,
  /** {@code +}: moves what is in to the end. */
  MOVE_TO_END,
  /** {@code -}: takes out; may be added again. */
  REMOVE,
  /** {@code !}: takes out for good. */
  KILL,
  /** {@code @}: orders the list or sets its security level. */
  COMMAND;

  static Operation of(char sign) {
    return switch (sign) {
      case '+' -> MOVE_TO_END;
      case '-' -> REMOVE;
      case '!' -> KILL;
      case '@' -> COMMAND;
      default -> ADD;
    };
  }
}
