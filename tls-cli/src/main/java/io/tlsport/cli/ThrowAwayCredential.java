package io.tlsport.cli;

import io.tlsport.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Key and certificate for localhost in a folder of their own, for servers in other processes.
 *
 * @param folder for what else these servers share; gone with everything in it when this is closed
 * @param authority what their clients trust
 */
record ThrowAwayCredential(Path folder, Pem authority) implements AutoCloseable {
  private static final String KEY = "key.pem";
  private static final String CERTIFICATE = "cert.pem";

  /** Made now. */
  static ThrowAwayCredential make() throws GeneralSecurityException, IOException {
    Credential made =
        new CertificateMaker(InstantSource.system())
            .selfSigned(
                new CertificateMaker.Wish(
                    KeyType.EC, ServeCommand.LOCALHOST, false, ServeCommand.THROW_AWAY));
    ThrowAwayCredential credential =
        new ThrowAwayCredential(Files.createTempDirectory("tls"), Pem.of(made.certificatePem()));
    try {
      credential.write(KEY, made.keyPem());
      credential.write(CERTIFICATE, made.certificatePem());
      return credential;
    } catch (IOException | RuntimeException failed) {
      credential.close();
      throw failed;
    }
  }

  private void write(String name, String pem) throws IOException {
    OutputFile.writeSecret(folder.resolve(name), pem.getBytes(StandardCharsets.US_ASCII));
  }

  /** How {@code serve} is told of it. */
  List<String> options() {
    return List.of(
        "--key", folder.resolve(KEY).toString(), "--cert", folder.resolve(CERTIFICATE).toString());
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
