package io.tlsport.spi.jsse;

import io.tlsport.spi.EngineEvents;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;

/**
 * Finds whom to ask when an engine shows its peer's certificates: trust managers belong to a
 * context, and only their argument tells which connection it is. Safe for any number of threads.
 */
public final class PeerChecks {
  private final Function<SSLEngine, Object> key;
  private final Consumer<SSLEngine> shown;
  private final Map<Object, EngineEvents> open = new ConcurrentHashMap<>();

  /**
   * Checks of engines that are not added yet.
   *
   * @param key what the engine that an adapter holds and the one that a trust manager is given have
   *     in common; the engine itself where they are one object
   */
  public PeerChecks(Function<SSLEngine, Object> key) {
    this(key, engine -> {});
  }

  /**
   * The same, for an adapter that looks at its engine while the certificates are shown.
   *
   * @param key as above
   * @param shown told the engine that a trust manager is given, before anybody judges
   */
  public PeerChecks(Function<SSLEngine, Object> key, Consumer<SSLEngine> shown) {
    this.key = key;
    this.shown = shown;
  }

  /** From now on this engine's peer is shown to those events. */
  public void add(SSLEngine engine, EngineEvents events) {
    open.put(key.apply(engine), events);
  }

  /** Forgets an engine; does nothing for one that was not added. */
  public void remove(SSLEngine engine) {
    open.remove(key.apply(engine));
  }

  /** How many engines are added and not removed. */
  public int size() {
    return open.size();
  }

  /** Shows the peer's chain; a refusal becomes what leads the engine to an alert. */
  void check(SSLEngine engine, X509Certificate[] chain) throws CertificateException {
    shown.accept(engine);
    EngineEvents events = open.get(key.apply(engine));
    OptionalInt alert =
        events == null ? OptionalInt.empty() : events.peerCertificates(List.of(chain));
    if (alert.isPresent()) {
      throw refusal(alert.getAsInt());
    }
  }

  /**
   * The reasons by which SunJSSE's client chooses its alert. Every other engine, and every server,
   * sends certificate_unknown for whatever a trust manager throws.
   */
  private static CertificateException refusal(int alert) {
    BasicReason reason =
        switch (alert) {
          case 42 -> BasicReason.INVALID_SIGNATURE;
          case 43 -> BasicReason.ALGORITHM_CONSTRAINED;
          case 44 -> BasicReason.REVOKED;
          case 45 -> BasicReason.EXPIRED;
          default -> BasicReason.UNSPECIFIED;
        };
    String message = "the certificate was refused";
    return new CertificateException(
        message, new CertPathValidatorException(message, null, null, -1, reason));
  }
}
