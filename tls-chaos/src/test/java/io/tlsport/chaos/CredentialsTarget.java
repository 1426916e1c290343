package io.tlsport.chaos;

import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.Der;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Reads files that want more memory than there is, in a process of its own with little of it. Each
 * is read or refused by a typed error, or the process ends by what was thrown.
 */
final class CredentialsTarget {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private CredentialsTarget() {}

  private static List<byte[]> files() {
    byte[] arcs = new byte[1 << 20];
    Arrays.fill(arcs, (byte) 0xff);
    arcs[arcs.length - 1] = 0x7f;
    byte[] identifier =
        CertificateMaker.leaf("CN=a leaf")
            .extension("2.5.29.37", false, Der.sequence(Der.tagged(6, arcs)))
            .der();
    byte[] announcing = {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xf0, 0x30, 0};
    byte[] long64 = {
      0x24, (byte) 0x80, 4, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff
    };
    return List.of(identifier, announcing, long64, new byte[4 << 20]);
  }

  /** For every provider, and every place where a file can be given. */
  public static void main(String[] args) {
    for (String provider : List.of("jdk", "conscrypt", "bcjsse", "bctls")) {
      try (Tls tls = Tls.builder().provider(provider).build()) {
        for (byte[] file : files()) {
          for (Pem pem : List.of(Pem.of(file), Pem.of(CertificateMaker.pem("CERTIFICATE", file)))) {
            read(tls, SecureContextOptions.builder().ca(pem));
            read(tls, SecureContextOptions.builder().pfx(pem).passphrase("sesame"));
            read(tls, SecureContextOptions.builder().key(pem).cert(pem).passphrase("sesame"));
            read(tls, SecureContextOptions.builder().ca(pem).crl(pem));
          }
        }
      }
    }
  }

  private static void read(Tls tls, SecureContextOptions.Builder options) {
    long began = System.nanoTime();
    try {
      tls.createSecureContext(options.build());
    } catch (TlsException typed) {
      typed.code();
    }
    if (System.nanoTime() - began > LONGEST.toNanos()) {
      throw new AssertionError("it took longer than " + LONGEST);
    }
  }
}
