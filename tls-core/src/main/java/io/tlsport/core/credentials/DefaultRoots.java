package io.tlsport.core.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The well-known roots: those of the JVM, which distributions and administrators keep up to date.
 * Read once; a JVM without any trusts nobody by default.
 */
final class DefaultRoots {
  private static final System.Logger LOG = System.getLogger("io.tlsport");

  private DefaultRoots() {}

  /** Loads with its first use. */
  private static final class Holder {
    static final List<X509Certificate> ROOTS = load();
  }

  static List<X509Certificate> get() {
    return Holder.ROOTS;
  }

  private static List<X509Certificate> load() {
    Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    List<X509Certificate> roots = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(in, null);
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          roots.add(certificate);
        }
      }
    } catch (IOException | GeneralSecurityException unreadable) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the JVM's root certificates cannot be read, so that nobody is trusted by default: "
              + unreadable);
    }
    return List.copyOf(roots);
  }
}
