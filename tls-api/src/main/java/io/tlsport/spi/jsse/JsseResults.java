package io.tlsport.spi.jsse;

import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.ProviderException;
import io.tlsport.spi.Negotiated;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What a JSSE engine says after a handshake. */
// jspecify is for the compiler only: `requires static`.
@SuppressWarnings("exports")
public final class JsseResults {
  private JsseResults() {}

  /** The result, without a group: JSSE does not tell it. */
  public static Negotiated of(SSLEngine engine, @Nullable String alpn, Optional<String> group) {
    SSLSession session = engine.getSession();
    ProtocolVersion version =
        ProtocolVersion.byId(session.getProtocol())
            .orElseThrow(
                () ->
                    new ProviderException(
                        ErrorCode.ERR_PROVIDER_FAILURE,
                        "the engine names an unknown version: " + session.getProtocol()));
    return new Negotiated(
        version,
        session.getCipherSuite(),
        Optional.ofNullable(alpn).filter(protocol -> !protocol.isEmpty()),
        Optional.empty(),
        peerChain(engine, session),
        x509(session.getLocalCertificates()),
        staple(session),
        group,
        session.getCipherSuite().contains("PSK_WITH_"));
  }

  /** The first of several is that of the leaf. */
  private static Optional<byte[]> staple(SSLSession session) {
    return session instanceof ExtendedSSLSession extended
        ? extended.getStatusResponses().stream().findFirst().filter(response -> response.length > 0)
        : Optional.empty();
  }

  private static List<X509Certificate> peerChain(SSLEngine engine, SSLSession session) {
    if (!(engine.getUseClientMode() || engine.getWantClientAuth() || engine.getNeedClientAuth())) {
      // Nobody was asked, which most servers would learn by an exception for each connection.
      return List.of();
    }
    try {
      return x509(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  private static List<X509Certificate> x509(Certificate @Nullable [] chain) {
    return chain == null
        ? List.of()
        : Arrays.stream(chain).map(X509Certificate.class::cast).toList();
  }
}
