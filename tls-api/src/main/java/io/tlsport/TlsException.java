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
    this(cause, code, SafeText.line(message));
  }

  private TlsException(@Nullable Throwable cause, ErrorCode code, String line) {
    super(line, cause);
    this.code = code;
    this.message = line;
  }

  /**
   * One sentence: what went wrong, where, and the mend; never null. Controls that a peer may have
   * put into it are escaped, such as the ends of lines, and it is cut after 2,000 characters.
   */
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
