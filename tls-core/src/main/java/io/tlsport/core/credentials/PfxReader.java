package io.tlsport.core.credentials;

import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.Secret;
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
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** PKCS#12 files (RFC 7292) with a key, its chain, and certificates of authorities. */
final class PfxReader {
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
      return contents(source, store, chars);
    } catch (IOException unreadable) {
      throw unreadable(source, unreadable, passphrase.isPresent());
    } catch (GeneralSecurityException unusable) {
      throw source.error(
          ErrorCode.ERR_OSSL_UNSUPPORTED, "it cannot be used: " + unusable.getMessage(), unusable);
    } finally {
      Arrays.fill(chars, '\0');
    }
  }

  private static RuntimeException unreadable(Source source, IOException cause, boolean given) {
    if (cause.getCause() instanceof UnrecoverableKeyException) {
      return given
          ? source.error(
              ErrorCode.ERR_OSSL_BAD_DECRYPT,
              "mac verify failure: the passphrase is" + " wrong",
              cause)
          : source.error(
              ErrorCode.ERR_MISSING_PASSPHRASE, "it is protected: set passphrase", cause);
    }
    return source.error(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA, "it is no PKCS#12 file, or damaged: " + cause, cause);
  }

  private static Pfx contents(Source source, KeyStore store, char[] chars)
      throws GeneralSecurityException {
    List<Identity> identities = new ArrayList<>();
    List<X509Certificate> authorities = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      Key key = store.isKeyEntry(alias) ? store.getKey(alias, chars) : null;
      Certificate[] chain = store.getCertificateChain(alias);
      if (key instanceof PrivateKey privateKey && chain != null) {
        List<X509Certificate> own = Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        identities.add(new Identity(privateKey, own));
        authorities.addAll(own.subList(1, own.size()));
      } else if (store.getCertificate(alias) instanceof X509Certificate certificate) {
        authorities.add(certificate);
      }
    }
    if (identities.isEmpty()) {
      throw source.error(
          ErrorCode.ERR_OSSL_UNSUPPORTED, "there is no private key with a certificate in it");
    }
    return new Pfx(List.copyOf(identities), List.copyOf(authorities));
  }
}
