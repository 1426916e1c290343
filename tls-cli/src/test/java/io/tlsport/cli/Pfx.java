package io.tlsport.cli;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Makes PKCS#12 files. */
final class Pfx {
  private Pfx() {}

  /** A file in that folder with a key and a certificate for localhost. */
  static Path make(Path folder, String passphrase) throws Exception {
    Credential credential =
        new CertificateMaker(InstantSource.system())
            .selfSigned(
                new CertificateMaker.Wish(
                    KeyType.EC, List.of("localhost"), false, Duration.ofDays(1)));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "one",
        credential.key(),
        passphrase.toCharArray(),
        new Certificate[] {credential.certificate()});
    Path file = folder.resolve("identity.pfx");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, passphrase.toCharArray());
    }
    return file;
  }
}
