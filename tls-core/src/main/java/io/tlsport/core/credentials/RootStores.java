package io.tlsport.core.credentials;

import io.tlsport.CaSource;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.spi.JcaServices;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The root certificates that one runtime knows, by source. Safe for any number of threads. */
public final class RootStores {
  private final JcaServices jca;
  private final List<Path> bundles;
  private final Optional<List<X509Certificate>> replaced;
  private final List<X509Certificate> extra;
  private final boolean systemByDefault;
  private @Nullable List<X509Certificate> bundled;
  private @Nullable List<X509Certificate> system;
  private @Nullable List<X509Certificate> byDefault;

  private RootStores(
      JcaServices jca,
      List<Path> bundles,
      Optional<List<X509Certificate>> replaced,
      List<X509Certificate> extra,
      boolean systemByDefault) {
    this.jca = jca;
    this.bundles = bundles;
    this.replaced = replaced;
    this.extra = extra;
    this.systemByDefault = systemByDefault;
  }

  /**
   * What a builder asked for.
   *
   * @param replaced in place of the JVM's roots
   * @param extra besides the default ones
   * @param system the operating system's are among the default ones
   * @throws ConfigurationException for what is no certificate, and for a system without roots
   */
  public static RootStores load(
      JcaServices jca, Optional<List<Pem>> replaced, List<Pem> extra, boolean system) {
    return load(jca, replaced, extra, system, SystemRoots.BUNDLES);
  }

  static RootStores load(
      JcaServices jca,
      Optional<List<Pem>> replaced,
      List<Pem> extra,
      boolean system,
      List<Path> bundles) {
    RootStores stores =
        new RootStores(
            jca,
            bundles,
            replaced.map(pems -> read(jca, "defaultCa", pems)),
            read(jca, "extraCa", extra),
            system);
    if (system) {
      stores.requireSystem();
    }
    return stores;
  }

  private static List<X509Certificate> read(JcaServices jca, String option, List<Pem> pems) {
    CertificateReader reader = new CertificateReader(jca);
    return pems.stream()
        .flatMap(pem -> reader.certificates(option, pem).stream())
        .distinct()
        .toList();
  }

  /** The certificates of a source, each once. */
  public List<X509Certificate> of(CaSource source) {
    return switch (source) {
      case DEFAULT -> byDefault();
      case BUNDLED -> bundled();
      case SYSTEM -> system();
      case EXTRA -> extra;
    };
  }

  private synchronized List<X509Certificate> system() {
    List<X509Certificate> known = system;
    if (known == null) {
      known = SystemRoots.read(jca, bundles).stream().distinct().toList();
      system = known;
    }
    return known;
  }

  private synchronized List<X509Certificate> bundled() {
    List<X509Certificate> known = bundled;
    if (known == null) {
      known = DefaultRoots.read(jca);
      bundled = known;
    }
    return known;
  }

  private synchronized List<X509Certificate> byDefault() {
    List<X509Certificate> known = byDefault;
    if (known == null) {
      LinkedHashSet<X509Certificate> all = new LinkedHashSet<>(replaced.orElseGet(this::bundled));
      if (systemByDefault) {
        all.addAll(system());
      }
      all.addAll(extra);
      known = List.copyOf(all);
      byDefault = known;
    }
    return known;
  }

  /** The system's roots, where somebody relies on them. */
  List<X509Certificate> requireSystem() {
    List<X509Certificate> roots = system();
    if (roots.isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ENOENT,
          "systemRoots: this system has no root certificates that can be read; install them (the"
              + " package ca-certificates), or give ca. Looked for: the key stores of Windows and"
              + " macOS, "
              + bundles);
    }
    return roots;
  }
}
