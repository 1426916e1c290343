package io.tlsport.provider.bcjsse;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SessionParameters;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * A session of TLS 1.2 or older as bytes of our own: what both sides need to resume it, the peer's
 * chain among it, so that the peer can be judged again. The format is private to this provider and
 * may change with it; what cannot be read is no session.
 *
 * @param created when it was negotiated
 * @param scope digest of what it must not leave
 * @param version of the protocol, by its number on the wire
 * @param suite of the connection, by its number on the wire
 * @param extendedMasterSecret RFC 7627 was negotiated
 * @param encryptThenMac RFC 7366 was negotiated
 * @param masterSecret the secret
 * @param peerChain the peer's certificates, leaf first
 * @param shown what a client shows: the identifier or the ticket; empty on servers
 * @param ticket {@code shown} is a ticket
 */
// Never compared.
@SuppressWarnings("ArrayRecordComponent")
record BctlsSavedSession(
    Instant created,
    byte[] scope,
    int version,
    int suite,
    boolean extendedMasterSecret,
    boolean encryptThenMac,
    byte[] masterSecret,
    List<byte[]> peerChain,
    byte[] shown,
    boolean ticket) {
  private static final byte FORMAT = 1;
  private static final int EMS = 1;
  private static final int ETM = 2;
  private static final int TICKET = 4;
  private static final int MAX_SECRET = 255;
  private static final int MAX_CHAIN = 64;

  /** Of a handshake whose secret is there: near its end, or at it. */
  static BctlsSavedSession of(
      TlsCrypto crypto, SecurityParameters parameters, Instant now, byte[] scope)
      throws IOException {
    List<byte[]> chain = new ArrayList<>();
    Certificate peer = parameters.getPeerCertificate();
    if (peer != null) {
      for (TlsCertificate certificate : peer.getCertificateList()) {
        chain.add(certificate.getEncoded());
      }
    }
    return new BctlsSavedSession(
        now,
        scope,
        parameters.getNegotiatedVersion().getFullVersion(),
        parameters.getCipherSuite(),
        parameters.isExtendedMasterSecret(),
        parameters.isEncryptThenMAC(),
        crypto.adoptSecret(parameters.getMasterSecret()).extract(),
        chain,
        new byte[0],
        false);
  }

  /** The same, as a client shows it. */
  BctlsSavedSession shownAs(byte[] identifier, boolean asTicket) {
    return new BctlsSavedSession(
        created,
        scope,
        version,
        suite,
        extendedMasterSecret,
        encryptThenMac,
        masterSecret,
        peerChain,
        identifier,
        asTicket);
  }

  byte[] encode() {
    int size =
        1 + 8 + 1 + scope.length + 2 + 2 + 1 + 1 + masterSecret.length + 1 + 4 + shown.length;
    for (byte[] certificate : peerChain) {
      size += 4 + certificate.length;
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put(FORMAT).putLong(created.getEpochSecond());
    out.put((byte) scope.length).put(scope);
    out.putShort((short) version).putShort((short) suite);
    out.put(
        (byte)
            ((extendedMasterSecret ? EMS : 0)
                | (encryptThenMac ? ETM : 0)
                | (ticket ? TICKET : 0)));
    out.put((byte) masterSecret.length).put(masterSecret);
    out.put((byte) peerChain.size());
    peerChain.forEach(certificate -> out.putInt(certificate.length).put(certificate));
    out.putInt(shown.length).put(shown);
    return out.array();
  }

  /** The session; empty for bytes that are none. */
  static Optional<BctlsSavedSession> decode(byte[] data) {
    ByteBuffer in = ByteBuffer.wrap(data);
    try {
      if (in.get() != FORMAT) {
        return Optional.empty();
      }
      Instant created = Instant.ofEpochSecond(in.getLong());
      byte[] scope = bytes(in, in.get() & 0xFF);
      int version = in.getShort() & 0xFFFF;
      int suite = in.getShort() & 0xFFFF;
      int flags = in.get();
      byte[] secret = bytes(in, in.get() & MAX_SECRET);
      int certificates = in.get() & 0xFF;
      if (certificates > MAX_CHAIN) {
        return Optional.empty();
      }
      List<byte[]> chain = new ArrayList<>(certificates);
      for (int i = 0; i < certificates; i++) {
        chain.add(bytes(in, in.getInt()));
      }
      byte[] shown = bytes(in, in.getInt());
      return in.hasRemaining() || secret.length == 0
          ? Optional.empty()
          : Optional.of(
              new BctlsSavedSession(
                  created,
                  scope,
                  version,
                  suite,
                  (flags & EMS) != 0,
                  (flags & ETM) != 0,
                  secret,
                  chain,
                  shown,
                  (flags & TICKET) != 0));
    } catch (BufferUnderflowException | java.time.DateTimeException damaged) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(ByteBuffer in, int size) {
    if (size < 0 || size > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[size];
    in.get(bytes);
    return bytes;
  }

  /** Neither made for something else nor too old, nor from the future by more than that. */
  boolean isGood(byte[] wantedScope, Instant now, Duration timeout) {
    Duration age = Duration.between(created, now);
    return Arrays.equals(scope, wantedScope)
        && age.compareTo(timeout) < 0
        && age.compareTo(timeout.negated()) > 0;
  }

  /**
   * As Bouncy Castle resumes it; empty if a certificate in it cannot be read.
   *
   * @param own what we showed then, without which a renegotiation is refused; null on clients
   */
  Optional<TlsSession> resumable(TlsCrypto crypto, byte[] id, @Nullable Certificate own) {
    try {
      TlsCertificate[] chain = new TlsCertificate[peerChain.size()];
      for (int i = 0; i < chain.length; i++) {
        chain[i] = crypto.createCertificate(peerChain.get(i));
      }
      Hashtable<Integer, byte[]> extensions = BctlsVectors.table();
      if (encryptThenMac) {
        TlsExtensionsUtils.addEncryptThenMACExtension(extensions);
      }
      SessionParameters parameters =
          new SessionParameters.Builder()
              .setCipherSuite(suite)
              .setExtendedMasterSecret(extendedMasterSecret)
              .setLocalCertificate(own)
              .setMasterSecret(crypto.createSecret(masterSecret.clone()))
              .setNegotiatedVersion(ProtocolVersion.get(version >> 8, version & 0xFF))
              .setPeerCertificate(chain.length == 0 ? null : new Certificate(chain))
              .setServerExtensions(extensions)
              .build();
      return Optional.of(TlsUtils.importSession(id, parameters));
    } catch (IOException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }
}
