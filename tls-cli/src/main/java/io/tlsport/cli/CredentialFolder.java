package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder with {@code key.pem}, {@code cert.pem} and, if an authority signed, its {@code ca.pem}.
 *
 * @param folder the folder, which need not be there yet
 */
record CredentialFolder(Path folder) {
  private static final String KEY = "key.pem";
  private static final String CERTIFICATE = "cert.pem";
  private static final String AUTHORITY = "ca.pem";

  private interface Writing {
    void write(Path file, byte[] content) throws IOException;
  }

  /**
   * Checks that nothing would be replaced.
   *
   * @throws ConfigurationException if a key or a certificate is there
   */
  void requireFree() {
    for (String name : List.of(KEY, CERTIFICATE)) {
      if (Files.exists(folder.resolve(name))) {
        throw new ConfigurationException(
            ErrorCode.ERR_INVALID_ARG_VALUE,
            folder.resolve(name) + " exists: give another --out-dir, or --force to replace it");
      }
    }
  }

  /** Writes a credential; the files as members of an event. */
  Members write(Credential credential) {
    return Members.of("key", write(KEY, OutputFile::writeSecret, credential.keyPem()))
        .with("cert", write(CERTIFICATE, OutputFile::write, credential.certificatePem()))
        .with("ca", null);
  }

  /** Writes a credential and the certificate of whom it was signed by. */
  Members write(Credential credential, Credential authority) {
    return write(credential)
        .with("ca", write(AUTHORITY, OutputFile::write, authority.certificatePem()));
  }

  private String write(String name, Writing writing, String pem) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(folder.toAbsolutePath());
      writing.write(file, pem.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException failed) {
      throw new ConfigurationException(
          ErrorCode.EIO,
          file + " cannot be written (" + failed + "); give an --out-dir that can",
          failed);
    }
    return file.toString();
  }
}
