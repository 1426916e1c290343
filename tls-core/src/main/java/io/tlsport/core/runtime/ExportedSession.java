package io.tlsport.core.runtime;

import io.tlsport.AuthorizationError;
import io.tlsport.CipherInfo;
import io.tlsport.PeerCertificate;
import io.tlsport.TLSSocket;
import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * What an exported connection tells of itself in JSSE's words. A peer whose verdict is not good has
 * no certificates here: nobody takes them for verified.
 */
final class ExportedSession extends ExtendedSSLSession {
  static final int PACKET = 16_384 + 2048 + 5;
  static final int PLAIN = 16_384;

  private final @Nullable TLSSocket socket;
  private final Optional<String> host;
  private final int port;
  private final long created;
  private final Map<String, Object> values = new ConcurrentHashMap<>();
  private volatile boolean valid = true;

  /**
   * Of that connection.
   *
   * @param socket null before the handshake
   */
  ExportedSession(
      @Nullable TLSSocket socket, Optional<String> host, int port, InstantSource clock) {
    this.socket = socket;
    this.host = host;
    this.port = port;
    this.created = clock.millis();
  }

  @Override
  public byte[] getId() {
    return new byte[0];
  }

  @Override
  public @Nullable SSLSessionContext getSessionContext() {
    return null;
  }

  @Override
  public long getCreationTime() {
    return created;
  }

  @Override
  public long getLastAccessedTime() {
    return created;
  }

  @Override
  public void invalidate() {
    valid = false;
  }

  @Override
  public boolean isValid() {
    return valid && socket != null;
  }

  @Override
  public void putValue(String name, Object value) {
    values.put(name, value);
  }

  @Override
  public @Nullable Object getValue(String name) {
    return values.get(name);
  }

  @Override
  public void removeValue(String name) {
    values.remove(name);
  }

  @Override
  public String[] getValueNames() {
    return values.keySet().toArray(String[]::new);
  }

  @Override
  public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
    TLSSocket current = socket;
    if (current == null) {
      throw new SSLPeerUnverifiedException("the handshake is not done");
    }
    Optional<PeerCertificate> peer = current.peerCertificate();
    if (!current.authorized() || peer.isEmpty()) {
      throw new SSLPeerUnverifiedException(
          current
              .authorizationError()
              .map(AuthorizationError::message)
              .orElse("the peer was not asked for a certificate"));
    }
    return peer.get().chain().toArray(Certificate[]::new);
  }

  @Override
  public Certificate @Nullable [] getLocalCertificates() {
    return own().<Certificate[]>map(chain -> chain.toArray(Certificate[]::new)).orElse(null);
  }

  private Optional<List<X509Certificate>> own() {
    return Optional.ofNullable(socket).flatMap(TLSSocket::certificate).map(PeerCertificate::chain);
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    return ((X509Certificate) getPeerCertificates()[0]).getSubjectX500Principal();
  }

  @Override
  public @Nullable Principal getLocalPrincipal() {
    return own().map(chain -> chain.get(0).getSubjectX500Principal()).orElse(null);
  }

  @Override
  public String getCipherSuite() {
    return Optional.ofNullable(socket)
        .flatMap(TLSSocket::cipher)
        .map(CipherInfo::standardName)
        .orElse("SSL_NULL_WITH_NULL_NULL");
  }

  @Override
  public String getProtocol() {
    return Optional.ofNullable(socket)
        .flatMap(TLSSocket::protocol)
        .map(version -> version.id())
        .orElse("NONE");
  }

  @Override
  public @Nullable String getPeerHost() {
    return host.orElse(null);
  }

  @Override
  public int getPeerPort() {
    return port;
  }

  @Override
  public int getPacketBufferSize() {
    return PACKET;
  }

  @Override
  public int getApplicationBufferSize() {
    return PLAIN;
  }

  @Override
  public String[] getLocalSupportedSignatureAlgorithms() {
    return new String[0];
  }

  @Override
  public String[] getPeerSupportedSignatureAlgorithms() {
    return new String[0];
  }

  @Override
  public List<SNIServerName> getRequestedServerNames() {
    return Optional.ofNullable(socket)
        .flatMap(TLSSocket::servername)
        .<List<SNIServerName>>map(name -> List.of(new SNIHostName(name)))
        .orElse(List.of());
  }

  @Override
  public List<byte[]> getStatusResponses() {
    return List.of();
  }
}
