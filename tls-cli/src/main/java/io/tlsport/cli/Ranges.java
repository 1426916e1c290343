package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;

/** Numbers that options give. */
final class Ranges {
  private Ranges() {}

  /**
   * Refuses a number outside its range.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE}
   */
  static void require(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE,
          option + " must be " + least + " to " + most + ", got " + value);
    }
  }
}
