package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.Pem;
import io.tlsport.spi.JcaServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The roots of the operating system: a key store where the JDK has one for it (Windows, macOS),
 * otherwise the bundle where its distribution keeps it. No environment variable moves it.
 */
final class SystemRoots {
  private static final System.Logger LOG = System.getLogger("io.tlsport");

  private static final List<String> KEY_STORES = List.of("Windows-ROOT", "KeychainStore-ROOT");

  /** Debian, Fedora, openSUSE, then Alpine, BSD and macOS. */
  static final List<Path> BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private SystemRoots() {}

  /** All of them; none where there is no such store. */
  static List<X509Certificate> read(JcaServices jca, List<Path> bundles) {
    for (String type : KEY_STORES) {
      List<X509Certificate> roots = ofKeyStore(type);
      if (!roots.isEmpty()) {
        return roots;
      }
    }
    return bundles.stream()
        .filter(Files::isReadable)
        .findFirst()
        .map(bundle -> ofBundle(jca, bundle))
        .orElse(List.of());
  }

  private static List<X509Certificate> ofKeyStore(String type) {
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      List<X509Certificate> roots = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          roots.add(certificate);
        }
      }
      return roots;
    } catch (IOException | GeneralSecurityException anotherSystem) {
      return List.of();
    }
  }

  /** One certificate that the provider cannot read must not cost the others. */
  private static List<X509Certificate> ofBundle(JcaServices jca, Path bundle) {
    CertificateReader reader = new CertificateReader(jca);
    List<X509Certificate> roots = new ArrayList<>();
    for (PemBlock block : PemReader.read("system roots", Pem.read(bundle))) {
      try {
        roots.addAll(reader.certificates("system roots", Pem.of(block.content())));
      } catch (ConfigurationException unreadable) {
        LOG.log(
            System.Logger.Level.DEBUG,
            "a root in {0} is passed over: {1}",
            bundle,
            unreadable.getMessage());
      }
    }
    return roots;
  }
}
