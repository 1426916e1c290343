package io.tlsport.provider.bcjsse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.NamedGroupRole;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** A client's wishes, all of which the core has decided before. */
final class BctlsClient extends AbstractTlsClient {
  private final BctlsHandshake handshake;

  BctlsClient(BctlsHandshake handshake) {
    super(handshake.crypto());
    this.handshake = handshake;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return handshake.versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return handshake.suites();
  }

  @Override
  protected @Nullable Vector<ProtocolName> getProtocolNames() {
    return handshake.alpn();
  }

  @Override
  protected @Nullable Vector<ServerName> getSNIServerNames() {
    return handshake
        .spec()
        .sni()
        .map(name -> new ServerName(NameType.host_name, name.getBytes(StandardCharsets.US_ASCII)))
        .map(name -> BctlsVectors.of(List.of(name)))
        .orElse(null);
  }

  @Override
  protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
    return null;
  }

  @Override
  public int getMaxHandshakeMessageSize() {
    return BctlsHandshake.MAX_MESSAGE;
  }

  @Override
  public int getMaxCertificateChainLength() {
    return BctlsHandshake.MAX_CHAIN;
  }

  /** The core judges signatures in chains, the same on every engine. */
  @Override
  @SuppressWarnings("deprecation")
  public boolean shouldCheckSigAlgOfPeerCerts() {
    return false;
  }

  // --- algorithms

  /** Those for whose role an offered suite has a use. */
  @Override
  @SuppressWarnings("rawtypes")
  protected Vector<Integer> getSupportedGroups(Vector roles) {
    boolean finiteFields = roles.contains(NamedGroupRole.dh);
    boolean curves = roles.contains(NamedGroupRole.ecdh) || roles.contains(NamedGroupRole.ecdsa);
    return BctlsVectors.of(
        handshake.groups().stream()
            .filter(group -> NamedGroup.isFiniteField(group) ? finiteFields : curves)
            .toList());
  }

  @Override
  public Vector<Integer> getEarlyKeyShareGroups() {
    return BctlsVectors.of(BctlsGroups.early(handshake.groups()));
  }

  @Override
  protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
    return BctlsSchemes.vendor(handshake.schemes());
  }

  // --- certificates

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
        handshake.judge(certificate.getCertificate(), context);
      }

      @Override
      public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) {
        return handshake.credentials().map(own -> answer(own, request)).orElse(null);
      }
    };
  }

  /** None if the server could not check our signature: it then sees a client without. */
  private @Nullable TlsCredentials answer(BctlsCredentials own, CertificateRequest request) {
    boolean tls13 = TlsUtils.isTLSv13(context);
    if (!TlsUtils.isTLSv12(context)) {
      return own.signer(context, null, null);
    }
    List<Integer> schemes = handshake.schemes();
    return BctlsSchemes.choose(
            own.publicKey(), tls13, schemes, request.getSupportedSignatureAlgorithms())
        .map(
            scheme ->
                own.signer(context, scheme, tls13 ? request.getCertificateRequestContext() : null))
        .orElse(null);
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    handshake.complete(context);
  }
}
