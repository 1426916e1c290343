package io.tlsport.provider.bcjsse;

import io.tlsport.spi.Resumption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.NamedGroupRole;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.OCSPStatusRequest;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsDHGroupVerifier;
import org.bouncycastle.tls.TlsPSK;
import org.bouncycastle.tls.TlsPSKIdentity;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** A client's wishes, all of which the core has decided before. */
final class BctlsClient extends AbstractTlsClient {
  private static final Integer SESSION_TICKET = ExtensionType.session_ticket;
  private static final int ID_LENGTH = 32;
  private static final int LEAST_DH_BITS = 1024;

  private final BctlsHandshake handshake;
  private final Optional<BctlsSavedSession> wanted;
  private byte[] newTicket = TlsUtils.EMPTY_BYTES;

  BctlsClient(BctlsHandshake handshake) {
    super(handshake.crypto());
    this.handshake = handshake;
    this.wanted =
        handshake.spec().resumption() instanceof Resumption.Use use
            ? BctlsSavedSession.decode(use.session().export())
            : Optional.empty();
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
    return handshake.spec().requestOcsp()
        ? new CertificateStatusRequest(
            CertificateStatusType.ocsp, new OCSPStatusRequest(null, null))
        : null;
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

  @Override
  public boolean requiresExtendedMasterSecret() {
    return handshake.requiresExtendedMasterSecret();
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

  /**
   * Any is taken: the core measures it, by {@code minDHSize}; not in a renegotiation, which it
   * cannot read.
   */
  @Override
  public TlsDHGroupVerifier getDHGroupVerifier() {
    boolean measured = !context.getSecurityParametersHandshake().isRenegotiating();
    return group -> measured || group.getP().bitLength() >= LEAST_DH_BITS;
  }

  /** A renegotiation keeps the version (RFC 8446 section 4.1.2). */
  @Override
  public ProtocolVersion[] getProtocolVersions() {
    SecurityParameters current = context.getSecurityParametersHandshake();
    return current != null && current.isRenegotiating()
        ? new ProtocolVersion[] {current.getNegotiatedVersion()}
        : super.getProtocolVersions();
  }

  @Override
  public TlsPSKIdentity getPSKIdentity() {
    return BctlsPreSharedKeys.ofClient(handshake.events());
  }

  /** Of a connection's first hello alone, in which TLS 1.3 and a suite for it are offered. */
  @Override
  @SuppressWarnings("rawtypes")
  public @Nullable Vector getExternalPSKs() {
    boolean possible =
        handshake.spec().psk()
            && !context.getSecurityParametersHandshake().isRenegotiating()
            && BctlsSuites.anyForExternalKeys(handshake.suites());
    return possible ? BctlsPreSharedKeys.ofClient(handshake.events(), getCrypto()) : null;
  }

  @Override
  public void notifySelectedPSK(@Nullable TlsPSK selected) {
    handshake.externalKey(selected != null);
  }

  // --- certificates

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
        handshake.staple(BctlsStaple.of(certificate));
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
      return own.key().signsBeforeTls12() ? own.signer(context, null, null) : null;
    }
    List<Integer> schemes = handshake.schemes();
    return BctlsSchemes.choose(own.key(), tls13, schemes, request.getSupportedSignatureAlgorithms())
        .map(
            scheme ->
                own.signer(context, scheme, tls13 ? request.getCertificateRequestContext() : null))
        .orElse(null);
  }

  // --- sessions

  @Override
  public void notifyHandshakeBeginning() throws IOException {
    super.notifyHandshakeBeginning();
    newTicket = TlsUtils.EMPTY_BYTES;
  }

  private Optional<BctlsSavedSession> offered() {
    return wanted.filter(session -> !context.getSecurityParametersHandshake().isRenegotiating());
  }

  /** Beside a ticket the identifier is ours to choose: its echo tells that the server resumes. */
  @Override
  public @Nullable TlsSession getSessionToResume() {
    return offered()
        .flatMap(
            session ->
                session.resumable(
                    getCrypto(),
                    session.ticket()
                        ? context.getNonceGenerator().generateNonce(ID_LENGTH)
                        : session.shown(),
                    null))
        .orElse(null);
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    if (handshake.spec().versions().get(0) != io.tlsport.ProtocolVersion.TLS_1_3) {
      extensions.put(
          SESSION_TICKET,
          offered()
              .filter(BctlsSavedSession::ticket)
              .map(BctlsSavedSession::shown)
              .orElse(TlsUtils.EMPTY_BYTES));
      if (!handshake.spec().npn().isEmpty()
          && !context.getSecurityParametersHandshake().isRenegotiating()) {
        extensions.put(BctlsNextProtocol.EXTENSION, TlsUtils.EMPTY_BYTES);
      }
    }
    return extensions;
  }

  @Override
  public void notifyNewSessionTicket(NewSessionTicket ticket) throws IOException {
    super.notifyNewSessionTicket(ticket);
    newTicket = ticket.getTicket() == null ? TlsUtils.EMPTY_BYTES : ticket.getTicket();
    if (context.getSecurityParametersHandshake().isRenegotiating() && newTicket.length > 0) {
      handshake.events().ticket(newTicket);
    }
  }

  private void tellSession() throws IOException {
    SecurityParameters parameters = context.getSecurityParametersConnection();
    if (BctlsVersions.isTls13(parameters.getNegotiatedVersion())
        || (parameters.isResumedSession() && newTicket.length == 0)) {
      return;
    }
    boolean ticket = newTicket.length > 0;
    byte[] shown = ticket ? newTicket : parameters.getSessionID();
    if (shown != null && shown.length > 0) {
      BctlsSavedSession session =
          BctlsSavedSession.of(getCrypto(), parameters, Instant.EPOCH, TlsUtils.EMPTY_BYTES);
      handshake.events().session(shown.clone(), session.shownAs(shown, ticket).encode(), true);
    }
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    handshake.complete(context);
    tellSession();
  }
}
