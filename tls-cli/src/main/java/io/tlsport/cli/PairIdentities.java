package io.tlsport.cli;

import io.tlsport.Pem;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestOcsp;
import io.tlsport.testpki.TestPki;
import java.nio.ByteBuffer;
import java.time.InstantSource;

/**
 * A server and a client of one kind of key, and who signed them.
 *
 * @param ca whom both trust
 * @param server the server, {@code localhost}
 * @param client the client
 * @param staple what the authority says of the server's certificate
 */
record PairIdentities(Pem ca, TestIdentity server, TestIdentity client, ByteBuffer staple) {
  /** Made for this run. */
  static PairIdentities make(PairKey key, InstantSource clock) {
    TestAuthority authority = TestPki.shared().authority("tlsport matrix");
    TestIdentity server =
        authority.leaf(CertificateSpec.server("localhost").ip("127.0.0.1").key(key.kind()));
    return new PairIdentities(
        authority.certificate(),
        server,
        authority.leaf(CertificateSpec.client("client").key(key.kind())),
        ByteBuffer.wrap(TestOcsp.good(authority, server, clock.instant()).der())
            .asReadOnlyBuffer());
  }

  /** The bytes of {@link #staple()}. */
  byte[] stapled() {
    byte[] bytes = new byte[staple.remaining()];
    staple.duplicate().get(bytes);
    return bytes;
  }
}
