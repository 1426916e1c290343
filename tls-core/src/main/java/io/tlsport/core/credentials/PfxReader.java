package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.Secret;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** PKCS#12 files (RFC 7292) with a key, its chain, and certificates of authorities. */
final class PfxReader {
  private static final System.Logger LOG = System.getLogger("io.tlsport");

  private final JcaServices jca;

  PfxReader(JcaServices jca) {
    this.jca = jca;
  }

  /**
   * What a PFX holds.
   *
   * @param identities keys with their chains
   * @param authorities the other certificates, which are trusted
   */
  record Pfx(List<Identity> identities, List<X509Certificate> authorities) {}

  Pfx read(Pem pem, Optional<Secret> passphrase) {
    Source source = new Source("pfx", pem);
    char[] chars = passphrase.map(Secret::chars).orElseGet(() -> new char[0]);
    try {
      KeyStore store = jca.keyStore("PKCS12");
      store.load(new ByteArrayInputStream(pem.bytes()), chars);
      List<Identity> identities = identities(source, store, chars);
      return new Pfx(identities, authorities(identities, pem.bytes(), chars));
    } catch (IOException unreadable) {
      throw unreadable.getCause() instanceof UnrecoverableKeyException
          ? locked(source, unreadable, passphrase.isPresent())
          : damaged(source, unreadable);
    } catch (UnrecoverableKeyException locked) { // without an integrity code this comes late
      throw locked(source, locked, passphrase.isPresent());
    } catch (GeneralSecurityException unusable) {
      throw source.error(
          ErrorCode.ERR_OSSL_UNSUPPORTED,
          "it cannot be used: " + Source.reason(unusable),
          unusable);
    } catch (ConfigurationException refused) {
      throw refused;
    } catch (RuntimeException malformed) { // key stores throw these for bytes that are no file
      throw damaged(source, malformed);
    } finally {
      Arrays.fill(chars, '\0');
    }
  }

  private static ConfigurationException locked(Source source, Exception cause, boolean given) {
    return given
        ? source.error(
            ErrorCode.ERR_OSSL_BAD_DECRYPT, "mac verify failure: the passphrase is wrong", cause)
        : source.error(ErrorCode.ERR_MISSING_PASSPHRASE, "it is protected: set passphrase", cause);
  }

  private static ConfigurationException damaged(Source source, Exception cause) {
    return source.error(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA,
        "it is no PKCS#12 file, or damaged: " + Source.reason(cause),
        cause);
  }

  private static List<Identity> identities(Source source, KeyStore store, char[] chars)
      throws GeneralSecurityException {
    List<Identity> identities = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      Key key = store.isKeyEntry(alias) ? store.getKey(alias, chars) : null;
      Certificate[] chain = store.getCertificateChain(alias);
      if (key instanceof PrivateKey privateKey && chain != null) {
        List<X509Certificate> own = Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        identities.add(new Identity(privateKey, own));
      }
    }
    if (identities.isEmpty()) {
      throw source.error(
          ErrorCode.ERR_OSSL_UNSUPPORTED, "there is no private key with a certificate in it");
    }
    return List.copyOf(identities);
  }

  /** All certificates but those of the keys; of a file in BER only the issuers of these. */
  private List<X509Certificate> authorities(
      List<Identity> identities, byte[] pfx, char[] passphrase) {
    Set<X509Certificate> authorities = new LinkedHashSet<>();
    for (Identity identity : identities) {
      authorities.addAll(identity.chain().subList(1, identity.chain().size()));
    }
    try {
      CertificateFactory factory = jca.certificateFactory("X.509");
      for (byte[] der : PfxCertificates.read(jca, pfx, passphrase)) {
        if (factory.generateCertificate(new ByteArrayInputStream(der))
            instanceof X509Certificate certificate) {
          authorities.add(certificate);
        }
      }
    } catch (DerException | GeneralSecurityException other) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "of the pfx only the issuers of its own certificates are trusted: {0}",
          other.getMessage());
    }
    identities.forEach(identity -> authorities.remove(identity.certificate()));
    return List.copyOf(authorities);
  }
}
