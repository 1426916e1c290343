package io.tlsport.testpki;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes certificates at run time. The work is done by another JVM, which is started with the first
 * certificate and ends with this one. Safe for any number of threads.
 *
 * <pre>{@code
 * TestAuthority root = TestPki.shared().authority("root");
 * TestIdentity server = root.leaf(CertificateSpec.server("localhost").ip("127.0.0.1"));
 * options.context(c -> c.key(server.key()).cert(server.chain()));
 * }</pre>
 */
public final class TestPki {
  private static final TestPki SHARED = new TestPki(new PkiProcess());

  private final PkiProcess maker;
  private final Map<Request, TestAuthority> made = new HashMap<>();

  private record Request(CertificateSpec spec, Optional<Integer> issuer) {}

  TestPki(PkiProcess maker) {
    this.maker = maker;
  }

  /** The one of this JVM. */
  public static TestPki shared() {
    return SHARED;
  }

  /** A root authority of that name. */
  public TestAuthority authority(String commonName) {
    return authority(CertificateSpec.of(commonName));
  }

  /** A root authority, by its details. */
  public TestAuthority authority(CertificateSpec spec) {
    return make(spec.asAuthority(), Optional.empty());
  }

  /** A certificate that nobody but itself has signed. */
  public TestIdentity selfSigned(CertificateSpec spec) {
    return make(spec, Optional.empty()).identity();
  }

  TestAuthority make(CertificateSpec spec, TestAuthority issuer) {
    return make(spec, Optional.of(issuer.number()));
  }

  private synchronized TestAuthority make(CertificateSpec spec, Optional<Integer> issuer) {
    Request request = new Request(spec, issuer);
    TestAuthority known = made.get(request);
    if (known != null) {
      return known;
    }
    int number = made.size();
    List<byte[]> answer = maker.make(number, spec, issuer);
    TestIdentity identity = new TestIdentity(spec, answer.get(0), answer.subList(1, answer.size()));
    TestAuthority result = new TestAuthority(this, number, identity);
    made.put(request, result);
    return result;
  }
}
