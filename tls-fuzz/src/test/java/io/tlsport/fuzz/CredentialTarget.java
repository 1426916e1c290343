package io.tlsport.fuzz;

import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.credentials.DhParameterReader;
import io.tlsport.core.credentials.KeyMaterial;
import io.tlsport.core.credentials.RootStores;
import io.tlsport.core.credentials.TrustMaterial;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CrlMaker;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.EncryptedKeyMaker;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;

/** Files of the one who runs a server, who may have them from anywhere. */
enum CredentialTarget implements Target {
  KEY {
    @Override
    public List<byte[]> seeds() throws Exception {
      return List.of(
          ascii(Fixed.LEAF.keyPem()),
          Fixed.LEAF.keys().getPrivate().getEncoded(),
          ascii(pem("PRIVATE KEY", Keys.rsa(2048, "key").getPrivate())),
          ascii(pem("PRIVATE KEY", Keys.ed25519("key").getPrivate())),
          ascii(CertificateMaker.pem("ENCRYPTED PRIVATE KEY", encrypted())));
    }

    @Override
    public void read(byte[] input) {
      key(Pem.of(input));
    }
  },
  /** The DER of an encrypted key, which no base64 hides from the fuzzer. */
  ENCRYPTED_KEY {
    @Override
    public List<byte[]> seeds() throws Exception {
      return List.of(encrypted());
    }

    @Override
    public void read(byte[] input) {
      key(Pem.of(CertificateMaker.pem("ENCRYPTED PRIVATE KEY", input)));
    }
  },
  CERTIFICATES {
    @Override
    public List<byte[]> seeds() throws Exception {
      return List.of(
          ascii(Fixed.LEAF.pem() + Fixed.CA.pem()), Fixed.LEAF.certificate().getEncoded());
    }

    @Override
    public void read(byte[] input) {
      KeyMaterial.load(
          SecureContextOptions.builder()
              .key(Pem.of(Fixed.LEAF.keyPem()))
              .cert(Pem.of(input))
              .build(),
          JcaServices.jdk());
    }
  },
  PFX {
    @Override
    public List<byte[]> seeds() throws Exception {
      return List.of(store("PKCS12"));
    }

    @Override
    public void read(byte[] input) {
      KeyMaterial.load(
          SecureContextOptions.builder().pfx(Pem.of(input)).passphrase("sesame").build(),
          JcaServices.jdk());
    }
  },
  TRUST {
    @Override
    public List<byte[]> seeds() throws Exception {
      return List.of(
          ascii(Fixed.CA.pem()),
          ascii(CertificateMaker.pem("TRUSTED CERTIFICATE", Fixed.CA.certificate().getEncoded())),
          store("JKS"));
    }

    @Override
    public void read(byte[] input) {
      trust(SecureContextOptions.builder().ca(Pem.of(input)).build());
    }
  },
  REVOCATION {
    @Override
    public List<byte[]> seeds() throws Exception {
      byte[] der = CrlMaker.by(Fixed.CA).revoke(Fixed.LEAF).make().getEncoded();
      return List.of(der, ascii(CertificateMaker.pem("X509 CRL", der)));
    }

    @Override
    public void read(byte[] input) {
      trust(SecureContextOptions.builder().ca(Pem.of(Fixed.CA.pem())).crl(Pem.of(input)).build());
    }
  },
  DH_FILE {
    @Override
    public List<byte[]> seeds() {
      BigInteger prime = new BigInteger(1, new byte[] {(byte) 0xff, 1, 1, 1, 1, 1, 1, 1});
      byte[] der = Der.sequence(Der.integer(prime), Der.integer(2));
      return List.of(ascii(CertificateMaker.pem("DH PARAMETERS", der)));
    }

    @Override
    public void read(byte[] input) {
      DhParameterReader.read(Pem.of(input));
    }
  };

  private static final class Fixed {
    static final Made CA = CertificateMaker.authority("CN=an authority").make();
    static final Made LEAF = CertificateMaker.leaf("CN=a leaf").issuer(CA).make();
    static final RootStores ROOTS =
        RootStores.load(JcaServices.jdk(), Optional.of(List.of()), List.of(), false);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String pem(String label, PrivateKey key) {
    return CertificateMaker.pem(label, key.getEncoded());
  }

  private static void key(Pem pem) {
    KeyMaterial.load(
        SecureContextOptions.builder()
            .key(pem)
            .cert(Pem.of(Fixed.LEAF.pem()))
            .passphrase("sesame")
            .build(),
        JcaServices.jdk());
  }

  private static void trust(SecureContextOptions options) {
    TrustMaterial.load(options, List.of(), JcaServices.jdk(), Fixed.ROOTS);
  }

  private static byte[] encrypted() throws Exception {
    return EncryptedKeyMaker.pbes2(Fixed.LEAF.keys().getPrivate(), "sesame");
  }

  private static byte[] store(String type) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    Certificate[] chain = {Fixed.LEAF.certificate(), Fixed.CA.certificate()};
    store.setKeyEntry("leaf", Fixed.LEAF.keys().getPrivate(), "sesame".toCharArray(), chain);
    store.setCertificateEntry("ca", Fixed.CA.certificate());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, "sesame".toCharArray());
    return out.toByteArray();
  }
}
