package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * A folder with the certificate of an authority, {@code ca.pem}, and its key, {@code ca-key.pem}.
 *
 * @param folder the folder, which need not be there yet
 */
record AuthorityFolder(Path folder) {
  private static final String CERTIFICATE = "ca.pem";
  private static final String KEY = "ca-key.pem";

  /** Makes an authority. */
  interface Maker {
    /** A new one. */
    Credential make() throws GeneralSecurityException;
  }

  /** The authority of this folder; a new one, which is kept there, if there is none. */
  Credential loadOrMake(Maker maker) throws GeneralSecurityException {
    if (Files.exists(folder.resolve(KEY))) {
      return load();
    }
    Credential made = maker.make();
    try {
      Files.createDirectories(folder.toAbsolutePath());
      OutputFile.writeSecret(folder.resolve(KEY), ascii(made.keyPem()));
      OutputFile.write(folder.resolve(CERTIFICATE), ascii(made.certificatePem()));
    } catch (IOException failed) {
      throw new ConfigurationException(
          ErrorCode.EIO,
          "--ca-dir: " + folder + " cannot be written (" + failed + "); give a folder that can",
          failed);
    }
    return made;
  }

  private static byte[] ascii(String pem) {
    return pem.getBytes(StandardCharsets.US_ASCII);
  }

  private Credential load() {
    Pem certificatePem = InputFile.read("--ca-dir", folder.resolve(CERTIFICATE));
    Pem keyPem = InputFile.read("--ca-dir", folder.resolve(KEY));
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificatePem.bytes()));
      return new Credential(key(keyPem, certificate), certificate);
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      throw new ConfigurationException(
          ErrorCode.ERR_OSSL_PEM_BAD_DATA,
          "--ca-dir: "
              + folder
              + " holds no authority that tls cert made ("
              + unreadable.getMessage()
              + "); give another folder",
          unreadable);
    }
  }

  /** Only the form that {@link Credential#keyPem()} writes. */
  private static PrivateKey key(Pem pem, X509Certificate certificate)
      throws GeneralSecurityException {
    String text = new String(pem.bytes(), StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[^-]*-----", ""));
    return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
