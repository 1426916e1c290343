package io.tlsport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The raw bytes of a credential: PEM text, or DER, and where they came from, for messages. Never
 * prints its content.
 */
public final class Pem {
  private final byte[] bytes;
  private final String origin;
  private final @Nullable Secret passphrase;

  private Pem(byte[] bytes, String origin) {
    this(bytes, origin, null);
  }

  private Pem(byte[] bytes, String origin, @Nullable Secret passphrase) {
    this.bytes = bytes;
    this.origin = origin;
    this.passphrase = passphrase;
  }

  /** The text of one or several PEM blocks. */
  public static Pem of(String text) {
    return new Pem(text.getBytes(StandardCharsets.UTF_8), "text");
  }

  /** Bytes of PEM text, of DER or of a PFX; copied. */
  public static Pem of(byte[] bytes) {
    return new Pem(bytes.clone(), "bytes");
  }

  /**
   * One certificate, for {@code ca} or {@code cert}.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE} if it has no
   *     encoding
   */
  public static Pem of(X509Certificate certificate) {
    try {
      return new Pem(
          certificate.getEncoded(), "certificate of " + certificate.getSubjectX500Principal());
    } catch (CertificateEncodingException none) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE, "a certificate has no encoding: " + none, none);
    }
  }

  /**
   * Reads a file now.
   *
   * @throws ConfigurationException with {@link ErrorCode#ENOENT} when there is no such file, with
   *     {@link ErrorCode#EIO} when it cannot be read
   */
  public static Pem read(Path file) {
    try {
      return new Pem(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(ErrorCode.ENOENT, "no such file: " + file, e);
    } catch (IOException e) {
      throw new ConfigurationException(
          ErrorCode.EIO, "cannot read " + file + " (" + e.getMessage() + ")", e);
    }
  }

  /**
   * The same with a passphrase of its own, which counts more than the one of the options: Node's
   * {@code {pem, passphrase}} and {@code {buf, passphrase}}.
   */
  public Pem withPassphrase(Secret secret) {
    return new Pem(bytes, origin, secret);
  }

  /** The same with a passphrase of its own, which counts more than the one of the options. */
  public Pem withPassphrase(String text) {
    return withPassphrase(Secret.of(text));
  }

  /** Its own passphrase. */
  public Optional<Secret> passphrase() {
    return Optional.ofNullable(passphrase);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The file's name, whose certificate it is, or {@code text} or {@code bytes}. */
  public String origin() {
    return origin;
  }

  /** Only where it came from and how long it is. */
  @Override
  public String toString() {
    return "Pem[" + origin + ", " + bytes.length + " bytes]";
  }
}
