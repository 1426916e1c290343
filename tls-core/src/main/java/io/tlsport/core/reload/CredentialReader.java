package io.tlsport.core.reload;

import io.tlsport.CredentialFiles;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.ProviderException;
import io.tlsport.Secret;
import io.tlsport.SecureContextOptions;
import io.tlsport.spi.JcaServices;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads credential files as they are now, whatever they say. */
public final class CredentialReader {
  private final CredentialFiles files;
  private final JcaServices jca;

  /**
   * What a look saw.
   *
   * @param id the same for the same content of all files
   * @param options with that content
   */
  public record Look(String id, SecureContextOptions options) {}

  /**
   * Of these files.
   *
   * @param jca for digests
   */
  public CredentialReader(CredentialFiles files, JcaServices jca) {
    this.files = files;
    this.jca = jca;
  }

  /**
   * Looks now.
   *
   * @throws io.tlsport.ConfigurationException if a file is missing or cannot be read
   */
  public Look look() {
    MessageDigest digest = digest();
    SecureContextOptions.Builder options = files.options().toBuilder();
    each(files.key(), digest, options::key);
    each(files.cert(), digest, options::cert);
    each(files.pfx(), digest, options::pfx);
    if (!files.ca().isEmpty()) {
      each(files.ca(), digest, options::ca);
    }
    each(files.crl(), digest, options::crl);
    files.passphrase().ifPresent(file -> options.passphrase(firstLine(read(file, digest))));
    return new Look(HexFormat.of().formatHex(digest.digest()), options.build());
  }

  private MessageDigest digest() {
    try {
      return jca.messageDigest("SHA-256");
    } catch (GeneralSecurityException none) {
      throw new ProviderException(
          ErrorCode.ERR_PROVIDER_FAILURE, "the provider has no SHA-256", none);
    }
  }

  private static void each(List<Path> paths, MessageDigest digest, Consumer<Pem> taken) {
    for (Path path : paths) {
      taken.accept(read(path, digest));
    }
  }

  private static Pem read(Path path, MessageDigest digest) {
    Pem pem = Pem.read(path);
    byte[] bytes = pem.bytes();
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
    return pem;
  }

  private static Secret firstLine(Pem file) {
    String text = new String(file.bytes(), StandardCharsets.UTF_8);
    return Secret.of(text.lines().findFirst().orElse(""));
  }

  /** The folders in which a change of these files shows, those of links on the way included. */
  public Set<Path> folders() {
    Set<Path> folders = new LinkedHashSet<>();
    Stream.of(files.key(), files.cert(), files.pfx(), files.ca(), files.crl())
        .flatMap(List::stream)
        .forEach(path -> folders(path, folders));
    files.passphrase().ifPresent(path -> folders(path, folders));
    return folders;
  }

  private static void folders(Path file, Set<Path> folders) {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent != null) {
      folders.add(parent);
    }
    for (Path at = parent; at != null; at = at.getParent()) {
      Path above = at.getParent();
      if (above != null && Files.isSymbolicLink(at)) {
        folders.add(above);
      }
    }
  }
}
