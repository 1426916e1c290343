package io.tlsport.provider.bcjsse;

import io.tlsport.ClientAuth;
import io.tlsport.spi.EngineEvents;
import io.tlsport.spi.EngineExtension;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Negotiated;
import io.tlsport.spi.RenegotiationRefusal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/** What client and server of Bouncy Castle's API have in common: what is wanted, what came out. */
final class BctlsHandshake {
  /** A chain of 128 KiB and its message; the core's own bounds are lower, and judge alike. */
  static final int MAX_MESSAGE = 136 * 1024;

  static final int MAX_CHAIN = 1024;

  private final JcaTlsCrypto crypto;
  private final EngineSpec spec;
  private final boolean approved;
  private final EngineEvents events;
  private final @Nullable BctlsCredentials credentials;
  private final List<Integer> groups;
  private final List<Integer> schemes;
  private volatile @Nullable Negotiated negotiated;
  private volatile @Nullable BctlsKeyingMaterial keyingMaterial;
  private volatile @Nullable BctlsFinishedMessages finishedMessages;
  private final BctlsKeyLog keyLog;
  private byte @Nullable [] staple;
  private @Nullable String nextProtocol;
  private volatile ClientAuth clientAuth;
  private boolean externalKey;
  private boolean finished;

  BctlsHandshake(BctlsContext context, EngineSpec spec, EngineEvents events) {
    this.crypto = context.crypto();
    this.spec = spec;
    this.approved = context.approved();
    this.events = events;
    this.clientAuth = spec.clientAuth();
    this.credentials = spec.identity().map(context::credentials).orElse(null);
    this.groups = context.groups(spec.groups());
    this.schemes = context.schemes(spec.schemes());
    this.keyLog = new BctlsKeyLog(crypto, events, spec.keyLog());
  }

  /** Under FIPS keys of TLS 1.2 are derived by an extended master secret (RFC 7627) alone. */
  boolean requiresExtendedMasterSecret() {
    return approved;
  }

  JcaTlsCrypto crypto() {
    return crypto;
  }

  EngineSpec spec() {
    return spec;
  }

  EngineEvents events() {
    return events;
  }

  Optional<BctlsCredentials> credentials() {
    return Optional.ofNullable(credentials);
  }

  ProtocolVersion[] versions() {
    return BctlsVersions.vendor(spec.versions());
  }

  int[] suites() {
    return BctlsSuites.codes(spec.suites());
  }

  /** Codes of the groups, most wanted first. */
  List<Integer> groups() {
    return groups;
  }

  /** Codes of the signature schemes, most wanted first. */
  List<Integer> schemes() {
    return schemes;
  }

  @Nullable Vector<ProtocolName> alpn() {
    if (spec.alpn().isEmpty()) {
      return null;
    }
    return BctlsVectors.of(spec.alpn().stream().map(ProtocolName::asUtf8Encoding).toList());
  }

  BctlsKeyLog keyLog() {
    return keyLog;
  }

  /** Inside the handshake's last step, when the parameters are those of the connection. */
  void complete(TlsContext context) throws TlsFatalAlert {
    SecurityParameters parameters = context.getSecurityParametersConnection();
    Certificate local = parameters.getLocalCertificate();
    ProtocolName alpn = parameters.getApplicationProtocol();
    int group = parameters.getNegotiatedGroup();
    negotiated =
        new Negotiated(
            BctlsVersions.ours(parameters.getNegotiatedVersion()),
            BctlsSuites.name(parameters.getCipherSuite()),
            Optional.ofNullable(alpn).map(ProtocolName::getUtf8Decoding),
            alpn == null ? Optional.ofNullable(nextProtocol) : Optional.empty(),
            chain(parameters.getPeerCertificate()),
            chain(local),
            Optional.ofNullable(staple),
            group < 0 ? Optional.empty() : Optional.of(BctlsGroups.name(group)),
            externalKey
                || BctlsPreSharedKeys.has(
                    TlsUtils.getKeyExchangeAlgorithm(parameters.getCipherSuite())));
    keyLog.complete(parameters);
    BctlsKeyingMaterial before = keyingMaterial;
    keyingMaterial = new BctlsKeyingMaterial(crypto, parameters);
    if (before != null) {
      before.destroy();
    }
    finishedMessages = new BctlsFinishedMessages(parameters);
    finished = true;
  }

  /** What a client is asked for in the next handshake. */
  ClientAuth clientAuth() {
    return clientAuth;
  }

  /** Changes what a client is asked for. */
  void clientAuth(ClientAuth next) {
    clientAuth = next;
  }

  /**
   * A session that was made with another policy than those of this server must not be resumed under
   * it.
   */
  boolean keepsSessions() {
    return clientAuth == spec.clientAuth();
  }

  /**
   * How to handshake again; TLS 1.3 has nothing of the kind. Bouncy Castle refuses it on both sides
   * of a connection whose server showed no certificate, and says so by itself.
   */
  Optional<? extends EngineExtension> renegotiation(BctlsSslEngine engine) {
    return Optional.ofNullable(negotiated)
        .filter(done -> done.version() != io.tlsport.ProtocolVersion.TLS_1_3)
        .map(
            done ->
                done.psk()
                    ? (RenegotiationRefusal) () -> {}
                    : new BctlsRenegotiation(engine, this));
  }

  /** What exporters are made from, once a handshake is done. */
  Optional<BctlsKeyingMaterial> keyingMaterial() {
    return Optional.ofNullable(keyingMaterial);
  }

  /** The Finished messages of the last handshake. */
  Optional<BctlsFinishedMessages> finishedMessages() {
    return Optional.ofNullable(finishedMessages);
  }

  /**
   * Shows the core what the peer sent; who is refused is told by the alert that the core chooses.
   */
  void judge(@Nullable Certificate certificate, TlsContext context) throws TlsFatalAlert {
    OptionalInt alert = events.peerCertificates(chain(certificate));
    if (alert.isPresent()) {
      boolean unknownBefore13 =
          alert.getAsInt() == AlertDescription.certificate_required && !TlsUtils.isTLSv13(context);
      throw new TlsFatalAlert(
          unknownBefore13 ? AlertDescription.handshake_failure : (short) alert.getAsInt());
    }
  }

  private List<X509Certificate> chain(@Nullable Certificate certificate) throws TlsFatalAlert {
    if (certificate == null) {
      return List.of();
    }
    List<X509Certificate> chain = new ArrayList<>(certificate.getLength());
    for (TlsCertificate one : certificate.getCertificateList()) {
      try {
        chain.add(JcaTlsCertificate.convert(crypto, one).getX509Certificate());
      } catch (java.io.IOException damaged) {
        throw new TlsFatalAlert(AlertDescription.bad_certificate, damaged);
      }
    }
    return chain;
  }

  /** Whether this handshake of TLS 1.3 has a key of both sides. */
  void externalKey(boolean used) {
    externalKey = used;
  }

  boolean externalKey() {
    return externalKey;
  }

  /** What the server stapled. */
  void staple(Optional<byte[]> response) {
    staple = response.orElse(null);
  }

  /** What NPN chose; a renegotiation does not negotiate it again. */
  void nextProtocol(Optional<String> protocol) {
    nextProtocol = protocol.orElse(null);
  }

  /** What came out; null before. */
  @Nullable Negotiated negotiated() {
    return negotiated;
  }

  /** True once after each handshake. */
  boolean takeFinished() {
    boolean was = finished;
    finished = false;
    return was;
  }
}
