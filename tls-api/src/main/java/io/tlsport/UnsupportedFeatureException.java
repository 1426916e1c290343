package io.tlsport;

import java.io.Serial;

/**
 * The chosen provider cannot do what the options ask for. Raised at configuration time, before a
 * socket exists; the message names provider, capability, reason and the way out.
 */
public final class UnsupportedFeatureException extends ConfigurationException {
  @Serial private static final long serialVersionUID = 1L;

  private final Capability capability;
  private final String provider;
  private final String reason;

  /** A refusal of {@code capability} by {@code provider}, for {@code reason}. */
  public UnsupportedFeatureException(Capability capability, String provider, String reason) {
    super(
        ErrorCode.UNSUPPORTED_FEATURE,
        provider + " does not support " + capability.name() + ": " + reason);
    this.capability = capability;
    this.provider = provider;
    this.reason = reason;
  }

  /** What was asked for. */
  public Capability capability() {
    return capability;
  }

  /** The name of the provider that cannot do it. */
  public String provider() {
    return provider;
  }

  /** Why it cannot, and what can be done instead. */
  public String reason() {
    return reason;
  }
}
