package io.tlsport.cli;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes lists of revoked certificates. */
final class Crl {
  private Crl() {}

  /** A file in the folder of an authority, with those serial numbers in it. */
  static Path make(Path authority, String name, BigInteger... revoked) throws Exception {
    Credential issuer =
        new AuthorityFolder(authority)
            .loadOrMake(
                () -> {
                  throw new AssertionError("no authority in " + authority);
                });
    Instant start = InstantSource.system().instant();
    Date now = Date.from(start);
    JcaX509v2CRLBuilder list =
        new JcaX509v2CRLBuilder(issuer.certificate().getSubjectX500Principal(), now);
    list.setNextUpdate(Date.from(start.plus(Duration.ofDays(1))));
    for (BigInteger serial : revoked) {
      list.addCRLEntry(serial, now, CRLReason.keyCompromise);
    }
    byte[] der =
        list.build(
                new JcaContentSignerBuilder(KeyType.ofKey(issuer.key().getAlgorithm()).signature())
                    .build(issuer.key()))
            .getEncoded();
    return Files.writeString(
        authority.resolve(name),
        "-----BEGIN X509 CRL-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END X509 CRL-----\n");
  }
}
