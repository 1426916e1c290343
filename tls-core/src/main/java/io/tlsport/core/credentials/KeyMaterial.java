package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The identities of a context: {@code key} and {@code cert}, {@code pfx}, or key objects.
 *
 * @param identities in the order of the certificates; empty if nothing was given
 * @param authorities the certificates of {@code pfx} that belong to no key, which are trusted
 */
public record KeyMaterial(List<Identity> identities, List<X509Certificate> authorities) {
  /** Keeps copies of the lists. */
  public KeyMaterial {
    identities = List.copyOf(identities);
    authorities = List.copyOf(authorities);
  }

  /**
   * Loads and pairs them.
   *
   * @throws ConfigurationException if anything is damaged, encrypted otherwise, or does not fit
   */
  public static KeyMaterial load(SecureContextOptions options, JcaServices jca) {
    requireOneForm(options);
    List<Identity> identities = new ArrayList<>();
    Set<X509Certificate> authorities = new LinkedHashSet<>();
    for (Pem pfx : options.pfx()) {
      PfxReader.Pfx read = new PfxReader(jca).read(pfx, options.passphrase());
      identities.addAll(read.identities());
      authorities.addAll(read.authorities());
    }
    identities.addAll(fromPem(options, jca));
    for (SecureContextOptions.KeyEntry entry : options.keyEntries()) {
      identities.add(new Identity(entry.key(), entry.chain()));
    }
    return new KeyMaterial(identities, List.copyOf(authorities));
  }

  /**
   * What the seed says of servers only: {@code pfx} and {@code ca} exclude each other.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE}
   */
  public static void requireServerRules(SecureContextOptions options) {
    if (!options.pfx().isEmpty() && options.ca().isPresent() && !options.pfxWithCa()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "pfx and ca exclude each other on a server: put the authorities into the pfx, or set"
              + " pfxWithCa(true)");
    }
  }

  private static void requireOneForm(SecureContextOptions options) {
    boolean pem = !options.key().isEmpty() || !options.cert().isEmpty();
    if (!options.pfx().isEmpty() && pem) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE, "pfx excludes key and cert: give one or the others");
    }
    if (options.key().isEmpty() != options.cert().isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          options.key().isEmpty()
              ? "cert was given without key: a certificate needs its private key"
              : "key was given without cert: a private key needs its certificate");
    }
  }

  private static List<Identity> fromPem(SecureContextOptions options, JcaServices jca) {
    PrivateKeyReader keyReader = new PrivateKeyReader(jca, options.passphrase());
    CertificateReader certificateReader = new CertificateReader(jca);
    List<PrivateKey> keys = new ArrayList<>();
    for (Pem pem : options.key()) {
      keys.addAll(keyReader.read("key", pem));
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem pem : options.cert()) {
      certificates.addAll(certificateReader.certificates("cert", pem));
    }
    return paired(options, keys, certificates, new KeyPairCheck(jca));
  }

  /** A certificate that has a key begins an identity; those that follow are its issuers. */
  private static List<Identity> paired(
      SecureContextOptions options,
      List<PrivateKey> keys,
      List<X509Certificate> certificates,
      KeyPairCheck check) {
    List<Identity> identities = new ArrayList<>();
    List<PrivateKey> unused = new ArrayList<>(keys);
    for (int i = 0; i < certificates.size(); i++) {
      X509Certificate leaf = certificates.get(i);
      PrivateKey key = keyOf(leaf, unused, check);
      if (key != null) {
        unused.remove(key);
        identities.add(new Identity(key, chain(certificates, i, unused, check)));
      } else if (i == 0) {
        throw mismatch(options, "the first certificate of cert belongs to none of the keys");
      }
    }
    if (!unused.isEmpty()) {
      throw mismatch(options, "a " + unused.get(0).getAlgorithm() + " key has no certificate");
    }
    return identities;
  }

  private static List<X509Certificate> chain(
      List<X509Certificate> certificates, int from, List<PrivateKey> unused, KeyPairCheck check) {
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(certificates.get(from));
    for (int i = from + 1; i < certificates.size(); i++) {
      X509Certificate next = certificates.get(i);
      if (keyOf(next, unused, check) != null) {
        break;
      }
      chain.add(next);
    }
    return chain;
  }

  private static @Nullable PrivateKey keyOf(
      X509Certificate certificate, List<PrivateKey> keys, KeyPairCheck check) {
    for (PrivateKey key : keys) {
      if (check.belong(key, certificate.getPublicKey())) {
        return key;
      }
    }
    return null;
  }

  private static ConfigurationException mismatch(SecureContextOptions options, String why) {
    return new ConfigurationException(
        ErrorCode.ERR_OSSL_X509_KEY_VALUES_MISMATCH,
        "key values mismatch: "
            + why
            + " (key "
            + options.key().stream().map(Pem::origin).toList()
            + ", cert "
            + options.cert().stream().map(Pem::origin).toList()
            + ")");
  }
}
