package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.Secret;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.verify.CertificateSignatures;
import io.tlsport.spi.Identity;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;

/**
 * PKCS#12 files (RFC 7292), and BCFKS where the provider has it, with keys, their chains, and
 * certificates of authorities.
 */
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

  /** Reads it with its own passphrase, or with the shared one. */
  Pfx read(Pem pem, Optional<Secret> shared) {
    Source source = new Source("pfx", pem);
    Optional<Secret> passphrase = source.passphrase(shared);
    List<Password> passwords = Password.meantBy(passphrase);
    try {
      if (BcfksFile.isOne(pem.bytes())) {
        BcfksFile store = BcfksFile.open(jca, pem.bytes(), passwords.get(0));
        return contents(source, store.keys(), store.certificates());
      }
      PfxBags bags = PfxBags.open(jca, pem.bytes(), passwords);
      return contents(source, keys(bags), certificates(bags));
    } catch (BadPaddingException locked) {
      throw locked(source, locked, passphrase.isPresent());
    } catch (DerException
        | CertificateException
        | InvalidKeySpecException
        | IllegalBlockSizeException malformed) {
      throw damaged(source, malformed);
    } catch (GeneralSecurityException unusable) {
      throw unsupported(source, Source.reason(unusable), unusable);
    } catch (ConfigurationException refused) {
      throw refused;
    } catch (RuntimeException malformed) { // some providers throw these for bytes that are none
      throw damaged(source, malformed);
    } catch (Error thrown) {
      throw unsupported(source, Approval.refusal(thrown), thrown);
    } finally {
      passwords.forEach(Password::close);
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
        "it is no PKCS#12 or BCFKS file, or damaged: " + Source.reason(cause),
        cause);
  }

  private static ConfigurationException unsupported(Source source, String why, Throwable cause) {
    return source.error(ErrorCode.ERR_OSSL_UNSUPPORTED, "it cannot be used: " + why, cause);
  }

  private List<PrivateKey> keys(PfxBags bags) throws DerException, GeneralSecurityException {
    EncodedKeys encoded = new EncodedKeys(jca);
    List<PrivateKey> keys = new ArrayList<>();
    for (byte[] pkcs8 : bags.keys()) {
      keys.add(encoded.pkcs8(pkcs8));
    }
    return keys;
  }

  private List<X509Certificate> certificates(PfxBags bags) throws GeneralSecurityException {
    CertificateFactory factory = jca.certificateFactory("X.509");
    Set<X509Certificate> certificates = new LinkedHashSet<>();
    for (byte[] der : bags.certificates()) {
      if (factory.generateCertificate(new ByteArrayInputStream(der))
          instanceof X509Certificate certificate) {
        certificates.add(certificate);
      } else {
        throw new CertificateException("a certificate in it is none");
      }
    }
    return List.copyOf(certificates);
  }

  private Pfx contents(Source source, List<PrivateKey> keys, List<X509Certificate> certificates) {
    if (keys.isEmpty()) {
      throw source.error(
          ErrorCode.ERR_OSSL_UNSUPPORTED,
          "there is no private key in it; certificates to trust are given by ca");
    }
    KeyPairCheck check = new KeyPairCheck(jca);
    List<Identity> identities = new ArrayList<>();
    for (PrivateKey key : keys) {
      X509Certificate leaf =
          certificates.stream()
              .filter(certificate -> check.belong(key, certificate.getPublicKey()))
              .findFirst()
              .orElseThrow(
                  () ->
                      source.error(
                          ErrorCode.ERR_OSSL_X509_KEY_VALUES_MISMATCH,
                          "no certificate in it belongs to its " + key.getAlgorithm() + " key"));
      identities.add(new Identity(key, chain(leaf, certificates)));
    }
    Set<X509Certificate> authorities = new LinkedHashSet<>(certificates);
    identities.forEach(identity -> authorities.remove(identity.certificate()));
    return new Pfx(List.copyOf(identities), List.copyOf(authorities));
  }

  /** The leaf and its issuers, as far as they are there. */
  private List<X509Certificate> chain(X509Certificate leaf, List<X509Certificate> certificates) {
    List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
    X509Certificate last = leaf;
    while (!last.getIssuerX500Principal().equals(last.getSubjectX500Principal())) {
      Optional<X509Certificate> issuer = issuer(last, certificates);
      if (issuer.isEmpty() || chain.contains(issuer.get())) {
        break;
      }
      last = issuer.get();
      chain.add(last);
    }
    return chain;
  }

  /** Of several authorities with that name, the one that has signed it. */
  private Optional<X509Certificate> issuer(
      X509Certificate subject, List<X509Certificate> certificates) {
    List<X509Certificate> named =
        certificates.stream()
            .filter(one -> one.getSubjectX500Principal().equals(subject.getIssuerX500Principal()))
            .toList();
    CertificateSignatures signatures = new CertificateSignatures(jca);
    return named.stream()
        .filter(one -> named.size() == 1 || signatures.signed(subject, one.getPublicKey()))
        .findFirst();
  }
}
