package io.tlsport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of what applications pass, where they pass it. */
final class Arguments {
  /** What fits 64 bits of nanoseconds: 292 years. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Arguments() {}

  /** The value, unless it is null: an option that is not wanted is not set. */
  static <T> T given(String option, @Nullable T value) {
    if (value == null) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_TYPE,
          option + " must not be null: leave the option out in place of that");
    }
    return value;
  }

  /** The text, unless it is null or empty. */
  static String text(String option, @Nullable String value) {
    String text = given(option, value);
    if (text.isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          option + " must not be empty: leave the option out in place of that");
    }
    return text;
  }

  /** The time, if it is longer than zero. */
  static Duration positive(String option, @Nullable Duration value) {
    Duration time = given(option, value);
    if (time.isNegative() || time.isZero()) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE, option + " must be longer than zero, got " + time);
    }
    if (time.compareTo(LONGEST) > 0) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE, option + " must be shorter than 292 years, got " + time);
    }
    return time;
  }

  /** The number, if it lies between the two or is one of them. */
  static int within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE,
          option
              + (most == Integer.MAX_VALUE
                  ? " must be " + least + " or more, got "
                  : " must be " + least + " to " + most + ", got ")
              + value);
    }
    return value;
  }

  /** The port, if it is one; 0 is any. */
  static int port(String option, int value) {
    if (value < 0 || value > 65535) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE, option + " must be 0 to 65535, got " + value);
    }
    return value;
  }
}
