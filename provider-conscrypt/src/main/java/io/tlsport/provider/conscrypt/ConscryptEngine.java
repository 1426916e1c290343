package io.tlsport.provider.conscrypt;

import io.tlsport.spi.EngineExtension;
import io.tlsport.spi.KeyingMaterial;
import io.tlsport.spi.Negotiated;
import io.tlsport.spi.RenegotiationRefusal;
import io.tlsport.spi.TlsEngine;
import io.tlsport.spi.jsse.JsseResults;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.conscrypt.Conscrypt;

/** An engine of Conscrypt, whose natives are freed when it is closed. */
final class ConscryptEngine implements TlsEngine {
  /** Room for a last alert. */
  private static final int ALERT = 512;

  private final SSLEngine raw;
  private final SSLEngine ssl;
  private final Runnable forget;
  private boolean closed;

  /**
   * An engine.
   *
   * @param raw as Conscrypt made it
   * @param ssl the same, or what stands around it
   * @param forget what its context keeps of it
   */
  ConscryptEngine(SSLEngine raw, SSLEngine ssl, Runnable forget) {
    this.raw = raw;
    this.ssl = ssl;
    this.forget = forget;
  }

  @Override
  public SSLEngine ssl() {
    return ssl;
  }

  @Override
  public Negotiated negotiated() {
    return JsseResults.of(
        raw,
        raw.getApplicationProtocol(),
        Optional.ofNullable(Conscrypt.getGroupName(raw)).filter(name -> !name.isEmpty()));
  }

  @Override
  public <T extends EngineExtension> Optional<T> extension(Class<T> type) {
    if (type == RenegotiationRefusal.class) {
      return Optional.of(type.cast((RenegotiationRefusal) this::refuse));
    }
    return type == KeyingMaterial.class
        ? Optional.of(type.cast(new ConscryptKeyingMaterial(raw)))
        : Optional.empty();
  }

  /**
   * A server of Conscrypt denies each one by an alert. A client would take part: BoringSSL is told
   * to renegotiate freely, and cannot be told otherwise. So it says that it ends.
   */
  private void refuse() {
    if (raw.getUseClientMode()) {
      raw.closeOutbound();
    }
  }

  /** Both sides closed and the last record taken out: then Conscrypt frees at once. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    forget.run();
    try {
      raw.closeOutbound();
      raw.closeInbound();
      if (!raw.isOutboundDone()) {
        raw.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(ALERT));
      }
    } catch (SSLException | RuntimeException alreadyFailed) {
      // An engine that failed has freed its natives itself.
      return;
    }
  }
}
