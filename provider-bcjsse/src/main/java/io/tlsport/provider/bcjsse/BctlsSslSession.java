package io.tlsport.provider.bcjsse;

import io.tlsport.spi.Negotiated;
import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/** What users of JSSE ask an engine for: sizes, and what was negotiated. */
final class BctlsSslSession implements SSLSession {
  /** A record of 2^14 bytes, what encryption may add to it (RFC 5246 section 6.2.3), a header. */
  private static final int PACKET = 16384 + 2048 + 5;

  private static final int APPLICATION = 16384;

  private final @Nullable Negotiated negotiated;

  BctlsSslSession(@Nullable Negotiated negotiated) {
    this.negotiated = negotiated;
  }

  @Override
  public int getPacketBufferSize() {
    return PACKET;
  }

  @Override
  public int getApplicationBufferSize() {
    return APPLICATION;
  }

  @Override
  public String getProtocol() {
    return negotiated == null ? "NONE" : negotiated.version().id();
  }

  @Override
  public String getCipherSuite() {
    return negotiated == null ? "TLS_NULL_WITH_NULL_NULL" : negotiated.suite();
  }

  private List<X509Certificate> peerChain() throws SSLPeerUnverifiedException {
    if (negotiated == null || negotiated.peerChain().isEmpty()) {
      throw new SSLPeerUnverifiedException("the peer showed no certificate");
    }
    return negotiated.peerChain();
  }

  @Override
  public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
    return peerChain().toArray(new Certificate[0]);
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    return peerChain().get(0).getSubjectX500Principal();
  }

  @Override
  public Certificate @Nullable [] getLocalCertificates() {
    return negotiated == null || negotiated.localChain().isEmpty()
        ? null
        : negotiated.localChain().toArray(new Certificate[0]);
  }

  @Override
  public @Nullable Principal getLocalPrincipal() {
    return negotiated == null || negotiated.localChain().isEmpty()
        ? null
        : negotiated.localChain().get(0).getSubjectX500Principal();
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
    return 0;
  }

  @Override
  public long getLastAccessedTime() {
    return 0;
  }

  @Override
  public void invalidate() {}

  @Override
  public boolean isValid() {
    return negotiated != null;
  }

  @Override
  public void putValue(String name, Object value) {
    throw new UnsupportedOperationException("sessions of bctls hold no values");
  }

  @Override
  public @Nullable Object getValue(String name) {
    return null;
  }

  @Override
  public void removeValue(String name) {}

  @Override
  public String[] getValueNames() {
    return new String[0];
  }

  @Override
  public @Nullable String getPeerHost() {
    return null;
  }

  @Override
  public int getPeerPort() {
    return -1;
  }
}
