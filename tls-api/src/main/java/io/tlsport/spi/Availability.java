package io.tlsport.spi;

/**
 * Whether a provider can run on this machine.
 *
 * @param available true if it can
 * @param reason one sentence: what is missing and how to mend it; empty if available
 */
public record Availability(boolean available, String reason) {
  /** It can run. */
  public static Availability yes() {
    return new Availability(true, "");
  }

  /** It cannot run, for that reason. */
  public static Availability no(String reason) {
    return new Availability(false, reason);
  }
}
