package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The well-known roots: those of the JVM, which distributions and administrators keep up to date. A
 * JVM without any trusts nobody by default.
 */
final class DefaultRoots {
  private static final System.Logger LOG = System.getLogger("io.tlsport");

  private DefaultRoots() {}

  /** Loads with its first use. */
  private static final class Holder {
    static final List<X509Certificate> ROOTS = load();
  }

  /**
   * The roots. The JDK's own key store reads them once for all; a FIPS module gets the encodings,
   * so that no key of theirs is another provider's.
   */
  static List<X509Certificate> read(JcaServices jca) {
    return jca.isModule() ? read(jca, file()) : Holder.ROOTS;
  }

  private static Path file() {
    return Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
  }

  private static List<X509Certificate> load() {
    List<X509Certificate> roots = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file())) {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(in, null);
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          roots.add(certificate);
        }
      }
    } catch (IOException | GeneralSecurityException unreadable) {
      warn(unreadable);
    }
    return List.copyOf(roots);
  }

  /** Those of a file, all by that cryptography. */
  static List<X509Certificate> read(JcaServices jca, Path file) {
    List<X509Certificate> roots = new ArrayList<>();
    try {
      byte[] store = Files.readAllBytes(file);
      CertificateFactory factory = jca.certificateFactory("X.509");
      for (byte[] encoded : encodings(jca, store)) {
        try {
          roots.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
        } catch (GeneralSecurityException unreadable) {
          LOG.log(System.Logger.Level.DEBUG, "a root of the JVM is passed over: {0}", unreadable);
        }
      }
    } catch (IOException | GeneralSecurityException | DerException unreadable) {
      warn(unreadable);
    }
    return List.copyOf(roots);
  }

  /** Of the two forms that the file has: JKS, and since Java 18 PKCS#12 without a password. */
  private static List<byte[]> encodings(JcaServices jca, byte[] store)
      throws IOException, GeneralSecurityException, DerException {
    return JksFile.isOne(store)
        ? JksFile.trusted(store)
        : PfxBags.open(jca, store, Password.meantBy(Optional.empty())).certificates();
  }

  private static void warn(Exception unreadable) {
    LOG.log(
        System.Logger.Level.WARNING,
        "the JVM's root certificates cannot be read, so that nobody is trusted by default: "
            + unreadable);
  }
}
