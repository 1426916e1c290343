package io.tlsport;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The network, the operating system or a file failed: the TLS part is not to blame. */
public final class TransportException extends TlsException {
  @Serial private static final long serialVersionUID = 1L;

  private final @Nullable ConnectTarget target;

  /** A failure with no deeper cause. */
  public TransportException(ErrorCode code, String message) {
    super(code, message, null);
    this.target = null;
  }

  /** A failure with the exception behind it. */
  public TransportException(ErrorCode code, String message, Throwable cause) {
    super(code, message, cause);
    this.target = null;
  }

  private TransportException(TransportException same, ConnectTarget target) {
    super(same.code(), same.getMessage(), same.getCause());
    this.target = target;
    setStackTrace(same.getStackTrace());
    for (Throwable other : same.getSuppressed()) {
      addSuppressed(other);
    }
  }

  /** The same failure of a client that wanted to reach that. */
  public TransportException reaching(ConnectTarget wanted) {
    return new TransportException(this, wanted);
  }

  /**
   * What a client wanted to reach whose connection failed before it was secure: {@code host},
   * {@code port}, {@code path} and {@code localAddress} of Node's errors. Empty for anything else.
   */
  public Optional<ConnectTarget> target() {
    return Optional.ofNullable(target);
  }
}
