package io.tlsport.core.engine;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.HandshakeFacts;
import io.tlsport.ProviderException;
import io.tlsport.TlsException;
import io.tlsport.TransportException;
import io.tlsport.spi.Fault;
import java.util.concurrent.CompletionException;

/** Turns whatever was thrown into the exception that the application gets. */
public final class Failures {
  private Failures() {}

  /** What an engine threw. */
  static TlsException ofEngine(EngineStart start, Throwable thrown) {
    if (thrown instanceof TlsException ours) {
      return ours;
    }
    Fault fault = start.explain().apply(thrown);
    TlsException known = of(fault.code(), fault.message(), thrown);
    return known instanceof HandshakeException handshake
        ? handshake.with(HandshakeFacts.NONE.received(fault.alertReceived()))
        : known;
  }

  /** What a provider threw where it may not. */
  public static TlsException ofProvider(Throwable thrown) {
    return thrown instanceof TlsException known
        ? known
        : new ProviderException(
            ErrorCode.ERR_PROVIDER_FAILURE, "the provider made no engine: " + thrown, thrown);
  }

  /** What a callback of the application, or a stage that it gave, failed with. */
  public static TlsException ofCallback(String callback, Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof TlsException known) {
      return known;
    }
    return new ConfigurationException(
        ErrorCode.ERR_TLS_CALLBACK, callback + " of the application failed: " + cause, cause);
  }

  private static TlsException of(ErrorCode code, String message, Throwable cause) {
    return switch (code.blame()) {
      case PEER -> new HandshakeException(code, message, cause);
      case ENVIRONMENT -> new TransportException(code, message, cause);
      case PROVIDER -> new ProviderException(code, message, cause);
      case CALLER -> new ConfigurationException(code, message, cause);
    };
  }
}
