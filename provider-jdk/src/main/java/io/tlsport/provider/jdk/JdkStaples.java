package io.tlsport.provider.jdk;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProviderException;
import io.tlsport.Support;
import io.tlsport.UnsupportedFeatureException;
import io.tlsport.spi.Identity;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.jsse.JsseContexts;
import io.tlsport.spi.jsse.JsseResults;
import io.tlsport.spi.jsse.PeerChecks;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * How SunJSSE is given a status to staple, though it only takes what it has fetched: a context
 * reads where from when it staples for the first time, and that place is {@link StapleConnection}.
 * So each response has a context of its own, which staples once before anybody else sees it. What
 * comes of that is compared: SunJSSE leaves out without a word what it does not like.
 */
final class JdkStaples {
  private static final String ISSUER =
      "SunJSSE finds the status of a certificate by its issuer: put the issuer behind the"
          + " certificate in cert, or into ca";

  private static final int WIRE = 256 * 1024;
  private static final int CONTENT = 32 * 1024;
  private static final int MOST_TURNS = 12;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private JdkStaples() {}

  /** Whether this JVM can be told where to fetch from. */
  static Support support() {
    return StapleConnection.isReached()
        ? Support.only(
            Set.copyOf(JdkProvider.VERSIONS),
            "SunJSSE staples successful responses of up to 32 KiB only, to certificates whose issuer"
                + " is in cert or ca; others are refused")
        : Support.no(
            "SunJSSE finds the handler of our addresses by the system class loader: start Java with"
                + " provider-jdk on its class path or module path");
  }

  /** Why nothing can be stapled to that identity. */
  static Optional<String> refusal(Identity identity, Optional<X509Certificate> issuer) {
    return identity.chain().size() > 1 || issuer.isPresent()
        ? Optional.empty()
        : Optional.of(ISSUER);
  }

  /**
   * Makes a context that has stapled nothing yet staple that response from now on.
   *
   * @return to be held as long as the context
   * @throws ConfigurationException if SunJSSE does not take it
   */
  static StapleConnection.Kept load(
      ProviderConfig config, SSLContext context, byte[] response, Identity shown) {
    if (shown.chain().size() < 2) {
      throw new UnsupportedFeatureException(
          Capability.OCSP_STAPLING, JdkProviderFactory.NAME, ISSUER);
    }
    StapleConnection.Kept kept = StapleConnection.keep(response);
    Optional<byte[]> sent =
        config.withSystemProperties(
            Map.of(
                "jdk.tls.client.enableStatusRequestExtension", "true",
                "jdk.tls.stapling.responderURI", kept.address(),
                "jdk.tls.stapling.responderOverride", "true",
                "jdk.tls.stapling.ignoreExtensions", "true"),
            () -> stapled(context));
    if (sent.filter(bytes -> Arrays.equals(bytes, response)).isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "SunJSSE does not staple this OCSP response of "
              + response.length
              + " bytes: give it a successful one about the certificate that is shown, of up to 32"
              + " KiB, or answer with an empty Optional");
    }
    return kept;
  }

  /** What a client of that context is told. */
  private static Optional<byte[]> stapled(SSLContext context) {
    SSLEngine client =
        JsseContexts.make(
                JdkProvider::newContext,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                new PeerChecks(engine -> engine))
            .createSSLEngine();
    client.setUseClientMode(true);
    SSLEngine server = context.createSSLEngine();
    server.setUseClientMode(false);
    try {
      handshake(client, server);
      return JsseResults.of(client, null, Optional.empty()).staple();
    } catch (SSLException failed) {
      throw new ProviderException(
          ErrorCode.ERR_PROVIDER_FAILURE,
          "SunJSSE cannot staple the OCSP response: " + failed.getMessage(),
          failed);
    } finally {
      server.getSession().invalidate();
    }
  }

  private static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
    client.beginHandshake();
    server.beginHandshake();
    ByteBuffer up = ByteBuffer.allocate(WIRE);
    ByteBuffer down = ByteBuffer.allocate(WIRE);
    for (int turn = 0; turn < MOST_TURNS && isHandshaking(client); turn++) {
      pass(client, server, up);
      pass(server, client, down);
    }
  }

  private static boolean isHandshaking(SSLEngine engine) {
    return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void pass(SSLEngine from, SSLEngine to, ByteBuffer wire) throws SSLException {
    while (from.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      step(from, from.wrap(NOTHING, wire));
    }
    wire.flip();
    while (wire.hasRemaining() && to.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
      step(to, to.unwrap(wire, ByteBuffer.allocate(CONTENT)));
    }
    wire.compact();
  }

  private static void step(SSLEngine engine, SSLEngineResult result) throws SSLException {
    if (result.getStatus() != Status.OK) {
      throw new SSLException("a handshake with itself ends with " + result.getStatus());
    }
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }
}
