package io.tlsport.provider.bcjsse;

import io.tlsport.ApplicationProtocols;
import io.tlsport.ClientAuth;
import io.tlsport.spi.Resumption;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import javax.crypto.spec.DHParameterSpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.NewSessionTicket;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.DHGroup;
import org.bouncycastle.tls.crypto.TlsDHConfig;
import org.jspecify.annotations.Nullable;

/** A server's answers, all of which the core has decided before. */
final class BctlsServer extends AbstractTlsServer {
  private static final Integer SESSION_TICKET = ExtensionType.session_ticket;

  private final BctlsHandshake handshake;
  private final Vector<X500Name> authorities;
  private final BctlsServerSessions sessions;
  private byte @Nullable [] offeredTicket;
  private boolean offeredNextProtocol;

  /**
   * A server.
   *
   * @param authorities whose names it tells; not changed
   */
  BctlsServer(
      BctlsHandshake handshake, Vector<X500Name> authorities, BctlsServerSessions sessions) {
    super(handshake.crypto());
    this.handshake = handshake;
    this.sessions = sessions;
    this.authorities = authorities;
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
  protected boolean preferLocalCipherSuites() {
    return handshake.spec().serverOrder();
  }

  @Override
  public boolean preferLocalSupportedGroups() {
    return handshake.spec().serverOrder();
  }

  @Override
  protected @Nullable Vector<ProtocolName> getProtocolNames() {
    return handshake.alpn();
  }

  @Override
  protected boolean allowCertificateStatus() {
    return handshake.spec().staple().isPresent();
  }

  @Override
  public @Nullable CertificateStatus getCertificateStatus() {
    return handshake.spec().staple().map(BctlsStaple::message).orElse(null);
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

  /** A first handshake without RFC 5746 is safe for a server; renegotiation is refused then. */
  @Override
  public void notifySecureRenegotiation(boolean secure) {}

  @Override
  public boolean requiresExtendedMasterSecret() {
    return handshake.requiresExtendedMasterSecret();
  }

  // --- groups

  @Override
  public int[] getSupportedGroups() {
    return handshake.groups().stream().mapToInt(Integer::intValue).toArray();
  }

  /** The groups of both, in the order that counts; a client that names none takes any. */
  private List<Integer> commonGroups() {
    int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
    if (offered == null) {
      return handshake.groups();
    }
    List<Integer> theirs = Arrays.stream(offered).boxed().toList();
    return handshake.spec().serverOrder()
        ? handshake.groups().stream().filter(theirs::contains).toList()
        : theirs.stream().filter(handshake.groups()::contains).toList();
  }

  @Override
  protected int getMaximumNegotiableCurveBits() {
    return commonGroups().stream().mapToInt(NamedGroup::getCurveBits).max().orElse(0);
  }

  @Override
  protected int selectECDH(int minimumCurveBits) {
    return commonGroups().stream()
        .filter(group -> NamedGroup.getCurveBits(group) >= Math.max(1, minimumCurveBits))
        .filter(group -> NamedGroup.canBeNegotiated(group, context.getServerVersion()))
        .findFirst()
        .orElse(-1);
  }

  @Override
  protected int selectDH(int minimumFiniteFieldBits) {
    int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
    boolean choosy = offered != null && Arrays.stream(offered).anyMatch(NamedGroup::isFiniteField);
    return (choosy ? commonGroups() : handshake.groups())
        .stream()
            .filter(NamedGroup::isFiniteField)
            .filter(group -> NamedGroup.getFiniteFieldBits(group) >= minimumFiniteFieldBits)
            .findFirst()
            .orElse(-1);
  }

  @Override
  public TlsDHConfig getDHConfig() throws IOException {
    Optional<DHParameterSpec> given = handshake.spec().dhParameters();
    return given.isEmpty()
        ? super.getDHConfig()
        : new TlsDHConfig(new DHGroup(given.get().getP(), null, given.get().getG(), 0));
  }

  // --- identity

  @Override
  @SuppressWarnings("rawtypes")
  protected boolean isSelectableCipherSuite(
      int suite, int curveBits, int finiteFieldBits, Vector signatureAlgorithms) {
    return super.isSelectableCipherSuite(suite, curveBits, finiteFieldBits, signatureAlgorithms)
        && (hasPreSharedKey(suite) || hasCertificate(suite));
  }

  private boolean hasPreSharedKey(int suite) {
    return handshake.externalKey()
        || (handshake.spec().psk()
            && BctlsPreSharedKeys.has(TlsUtils.getKeyExchangeAlgorithm(suite)));
  }

  private boolean hasCertificate(int suite) {
    return handshake
        .credentials()
        .filter(
            own ->
                own.key()
                    .suits(TlsUtils.getKeyExchangeAlgorithm(suite), TlsUtils.isTLSv12(context)))
        .isPresent();
  }

  @Override
  public @Nullable TlsCredentials getCredentials() throws IOException {
    SecurityParameters parameters = context.getSecurityParametersHandshake();
    if (BctlsPreSharedKeys.has(parameters.getKeyExchangeAlgorithm())) {
      return null;
    }
    BctlsCredentials own =
        handshake
            .credentials()
            // A client of TLS 1.3 whose second hello lacks the key of its first.
            .orElseThrow(() -> new TlsFatalAlert(AlertDescription.handshake_failure));
    return switch (parameters.getKeyExchangeAlgorithm()) {
      case KeyExchangeAlgorithm.RSA -> own.decryptor();
      case KeyExchangeAlgorithm.NULL ->
          own.withStaple(handshake.spec().staple())
              .signer(
                  context,
                  handshake.schemes(),
                  parameters.getClientSigAlgs(),
                  TlsUtils.EMPTY_BYTES);
      case KeyExchangeAlgorithm.DHE_RSA,
          KeyExchangeAlgorithm.ECDHE_RSA,
          KeyExchangeAlgorithm.ECDHE_ECDSA ->
          TlsUtils.isTLSv12(context)
              ? own.signer(context, handshake.schemes(), parameters.getClientSigAlgs(), null)
              : own.signer(context, null, null);
      default -> throw new TlsFatalAlert(AlertDescription.internal_error);
    };
  }

  @Override
  public TlsPSKIdentityManager getPSKIdentityManager() {
    return BctlsPreSharedKeys.ofServer(handshake.events(), handshake.spec().pskHint());
  }

  /** Asked for each hello of TLS 1.3 with keys, before a suite is chosen. */
  @Override
  @SuppressWarnings("rawtypes")
  public @Nullable TlsPSKExternal getExternalPSK(Vector identities) {
    TlsPSKExternal found =
        handshake.spec().psk()
            ? BctlsPreSharedKeys.ofServer(handshake.events(), getCrypto(), identities)
            : null;
    handshake.externalKey(found != null);
    return found;
  }

  // --- clients' certificates

  @Override
  public @Nullable CertificateRequest getCertificateRequest() throws IOException {
    if (handshake.clientAuth() == ClientAuth.NONE) {
      return null;
    }
    Vector<X500Name> named = authorities.isEmpty() ? null : authorities;
    if (TlsUtils.isTLSv13(context)) {
      return new CertificateRequest(
          TlsUtils.EMPTY_BYTES, BctlsSchemes.vendor(handshake.schemes()), null, named);
    }
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
        TlsUtils.isTLSv12(context) ? BctlsSchemes.vendor(handshake.schemes()) : null,
        named);
  }

  @Override
  public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
    handshake.judge(clientCertificate, context);
  }

  // --- sessions

  /** A key that was withdrawn since must not live on in a session. */
  private boolean keepsSession(SecurityParameters parameters) {
    return handshake.keepsSessions()
        && !BctlsPreSharedKeys.has(parameters.getKeyExchangeAlgorithm());
  }

  @Override
  public void notifyHandshakeBeginning() throws IOException {
    super.notifyHandshakeBeginning();
    offeredTicket = null;
    offeredNextProtocol = false;
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    offeredTicket = TlsUtils.getExtensionData(extensions, SESSION_TICKET);
    offeredNextProtocol = extensions.containsKey(BctlsNextProtocol.EXTENSION);
  }

  /** Never in a renegotiation: who asks for a new certificate wants a whole handshake. */
  @Override
  public @Nullable TlsSession getSessionToResume(byte[] id) {
    Optional<BctlsCredentials> own = handshake.credentials();
    if (context.getSecurityParametersHandshake().isRenegotiating() || own.isEmpty()) {
      return null;
    }
    Certificate shown = own.get().certificate();
    Optional<String> host = handshake.spec().sni();
    byte[] ticket = offeredTicket;
    Optional<TlsSession> found = Optional.empty();
    if (sessions.issuesTickets() && ticket != null && ticket.length > 0) {
      found = sessions.ofTicket(ticket, id, host, shown);
    } else if (handshake.spec().resumption() instanceof Resumption.Use stored && id.length > 0) {
      found = sessions.of(stored.session().export(), id, host, shown);
    }
    return found.orElse(null);
  }

  @Override
  public byte @Nullable [] getNewSessionID() {
    return sessions.storesOutside() && handshake.keepsSessions() ? sessions.newId() : null;
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    if (sessions.issuesTickets()
        && keepsSession(context.getSecurityParametersHandshake())
        && offeredTicket != null
        && !TlsUtils.isTLSv13(context)) {
      extensions.put(SESSION_TICKET, TlsUtils.EMPTY_BYTES);
    }
    return extensions;
  }

  /** Asked in an abbreviated handshake too: NPN is negotiated anew, whatever the session had. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public void getServerExtensionsForConnection(Hashtable extensions) throws IOException {
    super.getServerExtensionsForConnection(extensions);
    List<String> npn = handshake.spec().npn();
    if (offeredNextProtocol
        && !npn.isEmpty()
        && selectedProtocolName == null
        && !TlsUtils.isTLSv13(context)
        && !context.getSecurityParametersHandshake().isRenegotiating()) {
      extensions.put(BctlsNextProtocol.EXTENSION, ApplicationProtocols.encode(npn));
    } else {
      extensions.remove(BctlsNextProtocol.EXTENSION);
    }
  }

  @Override
  public NewSessionTicket getNewSessionTicket() throws IOException {
    return sessions.ticket(context.getSecurityParametersHandshake(), handshake.spec().sni());
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    handshake.complete(context);
    SecurityParameters parameters = context.getSecurityParametersConnection();
    byte[] id = parameters.getSessionID();
    if (sessions.storesOutside()
        && keepsSession(parameters)
        && !parameters.isResumedSession()
        && !BctlsVersions.isTls13(parameters.getNegotiatedVersion())
        && id.length > 0) {
      handshake
          .events()
          .session(id.clone(), sessions.save(parameters, handshake.spec().sni()), true);
    }
  }
}
