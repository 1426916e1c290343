package io.tlsport.cli;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes keys and certificates for trying things out: no policy, no revocation, no long life. Under
 * FIPS the module makes them.
 */
final class CertificateMaker {
  private static final String FIPS_MODULE =
      "org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider";

  /** A clock of a peer may be a little behind. */
  private static final Duration BACKDATED = Duration.ofHours(1);

  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|[0-9a-fA-F]*:[0-9a-fA-F:.]*");
  private static final int SERIAL_BITS = 127;

  private final InstantSource clock;
  private final Optional<Provider> module;
  private final SecureRandom random;

  /**
   * What is wanted.
   *
   * @param keyType the kind of key
   * @param hosts names and addresses that the certificate is for; the first is its common name
   * @param client true for a client's certificate, false for a server's
   * @param validity how long it is valid from now on
   */
  record Wish(KeyType keyType, List<String> hosts, boolean client, Duration validity) {
    /** Keeps a copy of the hosts. */
    Wish {
      hosts = List.copyOf(hosts);
    }
  }

  /** Certificates that are valid from the time of that clock on. */
  CertificateMaker(InstantSource clock) throws GeneralSecurityException {
    this.clock = clock;
    this.module = fipsModule();
    this.random =
        module.isPresent() ? SecureRandom.getInstance("DEFAULT", module.get()) : new SecureRandom();
  }

  private static Optional<Provider> fipsModule() throws GeneralSecurityException {
    Class<?> found;
    try {
      found = Class.forName(FIPS_MODULE);
    } catch (ClassNotFoundException notThere) {
      return Optional.empty();
    }
    try {
      return Optional.of(found.asSubclass(Provider.class).getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException broken) {
      throw new GeneralSecurityException("the FIPS module does not start: " + broken, broken);
    }
  }

  /** True if the FIPS module makes them. */
  boolean isFips() {
    return module.isPresent();
  }

  /** A certificate that its own key signs: what the seed's examples use on both sides. */
  Credential selfSigned(Wish wish) throws GeneralSecurityException {
    KeyPair pair = generate(wish.keyType());
    X500Name name = name(wish.hosts().get(0));
    return new Credential(
        pair.getPrivate(), sign(leaf(wish, pair.getPublic(), name, name), pair.getPrivate()));
  }

  /** A certificate that {@code authority} signs. */
  Credential signedBy(Credential authority, Wish wish) throws GeneralSecurityException {
    KeyPair pair = generate(wish.keyType());
    X500Name issuer =
        X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded());
    X500Name subject = name(wish.hosts().get(0));
    JcaX509v3CertificateBuilder builder = leaf(wish, pair.getPublic(), subject, issuer);
    return new Credential(pair.getPrivate(), sign(builder, authority.key()));
  }

  /** A certificate authority. */
  Credential authority(KeyType keyType, Duration validity) throws GeneralSecurityException {
    KeyPair pair = generate(keyType);
    X500Name name = name("tlsport test authority");
    try {
      JcaX509v3CertificateBuilder builder = builder(pair.getPublic(), name, name, validity);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return new Credential(pair.getPrivate(), sign(builder, pair.getPrivate()));
    } catch (CertIOException malformed) {
      throw new GeneralSecurityException(malformed);
    }
  }

  private KeyPair generate(KeyType type) throws GeneralSecurityException {
    KeyPairGenerator generator =
        module.isPresent()
            ? KeyPairGenerator.getInstance(type.algorithm(), module.get())
            : KeyPairGenerator.getInstance(type.algorithm());
    if (type.bits() > 0) {
      generator.initialize(type.bits(), random);
    }
    return generator.generateKeyPair();
  }

  private JcaX509v3CertificateBuilder builder(
      PublicKey key, X500Name subject, X500Name issuer, Duration validity)
      throws CertIOException, GeneralSecurityException {
    Instant now = clock.instant();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(validity)),
            subject,
            key);
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    return builder;
  }

  private JcaX509v3CertificateBuilder leaf(
      Wish wish, PublicKey key, X500Name subject, X500Name issuer) throws GeneralSecurityException {
    int usage = KeyUsage.digitalSignature;
    if (wish.keyType() == KeyType.RSA) {
      usage |= KeyUsage.keyEncipherment;
    }
    KeyPurposeId purpose =
        wish.client() ? KeyPurposeId.id_kp_clientAuth : KeyPurposeId.id_kp_serverAuth;
    try {
      JcaX509v3CertificateBuilder builder = builder(key, subject, issuer, wish.validity());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      builder.addExtension(Extension.subjectAlternativeName, false, names(wish.hosts()));
      return builder;
    } catch (CertIOException malformed) {
      throw new GeneralSecurityException(malformed);
    }
  }

  private X509Certificate sign(
      JcaX509v3CertificateBuilder builder, java.security.PrivateKey signingKey)
      throws GeneralSecurityException {
    JcaContentSignerBuilder signer =
        new JcaContentSignerBuilder(KeyType.ofKey(signingKey.getAlgorithm()).signature());
    module.ifPresent(signer::setProvider);
    signer.setSecureRandom(random);
    try {
      byte[] der = builder.build(signer.build(signingKey)).getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new java.io.ByteArrayInputStream(der));
    } catch (OperatorCreationException | java.io.IOException failed) {
      throw new GeneralSecurityException("the certificate was not signed: " + failed, failed);
    }
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
  }

  private static GeneralNames names(List<String> hosts) {
    List<GeneralName> names = new ArrayList<>();
    for (String host : hosts) {
      int kind = NUMERIC.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName;
      names.add(new GeneralName(kind, host));
    }
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }
}
