package io.tlsport.testpki;

import io.tlsport.Pem;
import java.util.List;

/** A certificate authority. Everything that it issues is made once and remembered. */
public final class TestAuthority {
  private final TestPki pki;
  private final int number;
  private final TestIdentity identity;

  TestAuthority(TestPki pki, int number, TestIdentity identity) {
    this.pki = pki;
    this.number = number;
    this.identity = identity;
  }

  int number() {
    return number;
  }

  /** Its own key and certificate. */
  public TestIdentity identity() {
    return identity;
  }

  /** Its certificate, to be given as {@code ca}. */
  public Pem certificate() {
    return identity.certificate();
  }

  /** A certificate that it signs. */
  public TestIdentity leaf(CertificateSpec spec) {
    return pki.make(spec, this).identity();
  }

  /** Its list of revoked certificates, as old as itself. */
  public Pem crl(TestIdentity... revoked) {
    return CrlMaker.make(identity, List.of(revoked));
  }

  /** An intermediate authority below it. */
  public TestAuthority authority(String commonName) {
    return pki.make(CertificateSpec.of(commonName).asAuthority(), this);
  }

  /** An intermediate authority below it, by its details. */
  public TestAuthority authority(CertificateSpec spec) {
    return pki.make(spec.asAuthority(), this);
  }
}
