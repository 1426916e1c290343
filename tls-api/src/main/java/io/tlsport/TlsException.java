package io.tlsport;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that tlsport throws or reports. Branch on the subtype or on {@link
 * #blame()}; log {@link #code()}; show {@link #getMessage()}, which says what, where and the mend.
 */
public abstract sealed class TlsException extends RuntimeException
    permits ConfigurationException, HandshakeException, TransportException, ProviderException {
  @Serial private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String message;

  TlsException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.message = message;
  }

  /** One sentence: what went wrong, where, and the mend; never null. */
  @Override
  public final String getMessage() {
    return message;
  }

  /** Why it failed. */
  public final ErrorCode code() {
    return code;
  }

  /** Who has to act; the same as {@code code().blame()}. */
  public final Blame blame() {
    return code.blame();
  }
}
