package io.tlsport;

import java.time.Duration;

/** What {@link SharedSessions} are kept in, and for how long. */
public final class SharedSessionsOptions {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** What RFC 8446 section 4.6.1 allows a ticket. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final String place;
  private final Duration keysIssueFor;
  private final Duration keysDecryptFor;
  private final Duration sessionTimeout;
  private final Duration answerTimeout;

  private SharedSessionsOptions(Builder b) {
    this.place = b.place;
    this.keysIssueFor = b.keysIssueFor;
    this.keysDecryptFor = b.keysDecryptFor;
    this.sessionTimeout = b.sessionTimeout;
    this.answerTimeout = b.answerTimeout;
  }

  /**
   * A builder with the defaults.
   *
   * @param place {@code memory} for servers of this process, {@code dir:PATH} for processes of one
   *     machine, and what modules on the class path add: {@code redis://HOST:PORT} and {@code
   *     rediss://HOST:PORT} of tlsport-redis
   */
  public static Builder builder(String place) {
    return new Builder(Arguments.text("place", place));
  }

  /** Where: may hold a password, so do not print it. */
  public String place() {
    return place;
  }

  /** How long a ticket key encrypts. */
  public Duration keysIssueFor() {
    return keysIssueFor;
  }

  /** How long after that it still decrypts. */
  public Duration keysDecryptFor() {
    return keysDecryptFor;
  }

  /** How long the store keeps a session. */
  public Duration sessionTimeout() {
    return sessionTimeout;
  }

  /** How long the place may take to answer. */
  public Duration answerTimeout() {
    return answerTimeout;
  }

  /** Sets options. Not safe for several threads. */
  public static final class Builder {
    private final String place;
    private Duration keysIssueFor = Duration.ofHours(2);
    private Duration keysDecryptFor = Duration.ofHours(13);
    private Duration sessionTimeout = Duration.ofMinutes(5);
    private Duration answerTimeout = Duration.ofMillis(250);

    private Builder(String place) {
      this.place = place;
    }

    /**
     * Sets how long a ticket key encrypts; default 2 h. No key encrypts longer than this.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} unless it is one
     *     second to seven days
     */
    public Builder keysIssueFor(Duration time) {
      this.keysIssueFor = lifetime("keysIssueFor", time);
      return this;
    }

    /**
     * Sets how long a ticket key decrypts after it has ceased to encrypt; default 13 h. A ticket
     * can be decrypted for at least this long after it was issued, and for {@code keysIssueFor}
     * longer at most. Shorter than a context's {@code sessionTimeout} it ends sessions early.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} unless it is one
     *     second to seven days
     */
    public Builder keysDecryptFor(Duration time) {
      this.keysDecryptFor = lifetime("keysDecryptFor", time);
      return this;
    }

    /**
     * Sets how long the store keeps a session; default 300 s. Give what the servers' contexts have
     * as {@code sessionTimeout}.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} unless it is one
     *     second to 2147483647
     */
    public Builder sessionTimeout(Duration time) {
      this.sessionTimeout =
          between("sessionTimeout", time, Duration.ofSeconds(Integer.MAX_VALUE), "2147483647 s");
      return this;
    }

    /**
     * Sets how long the place may take to answer; default 250 ms. A handshake asks once or, if that
     * finds nothing, twice. After an answer that did not come in time no handshake asks before the
     * place was seen to answer.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} unless it is longer
     *     than zero and ten seconds at most
     */
    public Builder answerTimeout(Duration time) {
      Duration given = Arguments.positive("answerTimeout", time);
      if (given.compareTo(Duration.ofSeconds(10)) > 0) {
        throw new ConfigurationException(
            ErrorCode.ERR_OUT_OF_RANGE, "answerTimeout must be 10 s at most, got " + given);
      }
      this.answerTimeout = given;
      return this;
    }

    private static Duration lifetime(String option, Duration time) {
      return between(option, time, LONGEST, "7 days");
    }

    private static Duration between(String option, Duration time, Duration most, String shown) {
      Duration given = Arguments.given(option, time);
      if (given.compareTo(SHORTEST) < 0 || given.compareTo(most) > 0) {
        throw new ConfigurationException(
            ErrorCode.ERR_OUT_OF_RANGE, option + " must be 1 s to " + shown + ", got " + given);
      }
      return given;
    }

    /** The finished options. */
    public SharedSessionsOptions build() {
      return new SharedSessionsOptions(this);
    }
  }
}
