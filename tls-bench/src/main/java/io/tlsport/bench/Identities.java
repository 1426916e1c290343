package io.tlsport.bench;

import io.tlsport.Pem;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestAuthority;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The certificates of all servers, made for one run, in a folder for those that want files. */
final class Identities implements AutoCloseable {
  private static final List<KeyKind> KINDS = List.of(KeyKind.EC_P256, KeyKind.RSA_2048);

  private static final String LEAF_KEY = "leaf-key.pem";
  private static final String LEAF = "leaf-cert.pem";

  private final Path folder;
  private final boolean own;

  /** New ones. */
  Identities() {
    this.own = true;
    try {
      this.folder = Files.createTempDirectory("tlsport-bench");
      for (KeyKind kind : KINDS) {
        TestIdentity made =
            TestPki.shared().selfSigned(CertificateSpec.server("localhost").key(kind));
        Files.write(keyFile(kind), made.key().bytes());
        Files.write(chainFile(kind), made.chain().bytes());
      }
      TestAuthority authority = TestPki.shared().authority("bench");
      TestIdentity leaf = authority.leaf(CertificateSpec.server("localhost").key(KeyKind.EC_P256));
      Files.write(folder.resolve(LEAF_KEY), leaf.key().bytes());
      Files.write(folder.resolve(LEAF), leaf.chain().bytes());
      Files.write(authorityFile(), authority.certificate().bytes());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Those of another process. */
  Identities(Path folder) {
    this.folder = folder;
    this.own = false;
  }

  Path folder() {
    return folder;
  }

  Path keyFile(KeyKind kind) {
    return folder.resolve(kind + "-key.pem");
  }

  Path chainFile(KeyKind kind) {
    return folder.resolve(kind + "-cert.pem");
  }

  Pem key(KeyKind kind) {
    return Pem.read(keyFile(kind));
  }

  Pem chain(KeyKind kind) {
    return Pem.read(chainFile(kind));
  }

  /** The key of a certificate of P-256 that an authority has signed. */
  Pem leafKey() {
    return Pem.read(folder.resolve(LEAF_KEY));
  }

  /** That certificate. */
  Pem leaf() {
    return Pem.read(folder.resolve(LEAF));
  }

  /** That authority. */
  Path authorityFile() {
    return folder.resolve("authority.pem");
  }

  /** All certificates, for those who trust them. */
  List<Pem> trusted() {
    return KINDS.stream().map(this::chain).toList();
  }

  @Override
  public void close() {
    if (!own) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
