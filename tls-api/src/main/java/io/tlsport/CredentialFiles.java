package io.tlsport;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files that a {@link WatchedContext} follows: keys, certificates, trust. Each may be a symbolic
 * link, or lie behind one, as in a volume that Kubernetes mounts.
 */
public final class CredentialFiles {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration LONGEST_WARNING = Duration.ofDays(3650);

  private final List<Path> key;
  private final List<Path> cert;
  private final List<Path> pfx;
  private final List<Path> ca;
  private final List<Path> crl;
  private final @Nullable Path passphrase;
  private final SecureContextOptions options;
  private final Duration interval;
  private final Duration warnBefore;

  private CredentialFiles(Builder b) {
    this.key = List.copyOf(b.key);
    this.cert = List.copyOf(b.cert);
    this.pfx = List.copyOf(b.pfx);
    this.ca = List.copyOf(b.ca);
    this.crl = List.copyOf(b.crl);
    this.passphrase = b.passphrase;
    this.options = b.options.build();
    this.interval = b.interval;
    this.warnBefore = b.warnBefore;
  }

  /** A builder without files. */
  public static Builder builder() {
    return new Builder();
  }

  /** Private keys. */
  public List<Path> key() {
    return key;
  }

  /** Certificates with their chains. */
  public List<Path> cert() {
    return cert;
  }

  /** Keys and certificates together. */
  public List<Path> pfx() {
    return pfx;
  }

  /** Trusted authorities; empty: as {@link #options()} say. */
  public List<Path> ca() {
    return ca;
  }

  /** Revocation lists. */
  public List<Path> crl() {
    return crl;
  }

  /** The file whose first line is the passphrase. */
  public Optional<Path> passphrase() {
    return Optional.ofNullable(passphrase);
  }

  /** Everything that comes from no file. */
  public SecureContextOptions options() {
    return options;
  }

  /** How often they are looked at. */
  public Duration interval() {
    return interval;
  }

  /** How long before its end a certificate is told of. */
  public Duration warnBefore() {
    return warnBefore;
  }

  /** Sets files. Not safe for several threads. */
  public static final class Builder {
    private final List<Path> key = new ArrayList<>();
    private final List<Path> cert = new ArrayList<>();
    private final List<Path> pfx = new ArrayList<>();
    private final List<Path> ca = new ArrayList<>();
    private final List<Path> crl = new ArrayList<>();
    private final SecureContextOptions.Builder options = SecureContextOptions.builder();
    private @Nullable Path passphrase;
    private Duration interval = Duration.ofSeconds(10);
    private Duration warnBefore = Duration.ofDays(14);

    private Builder() {}

    /** Adds a file for {@code key}: {@code tls.key} in a secret of Kubernetes. */
    public Builder key(Path file) {
      key.add(Arguments.given("key", file));
      return this;
    }

    /** Adds a file for {@code cert}: {@code tls.crt} in a secret of Kubernetes. */
    public Builder cert(Path file) {
      cert.add(Arguments.given("cert", file));
      return this;
    }

    /** Adds a file for {@code pfx}, in place of key and certificate. */
    public Builder pfx(Path file) {
      pfx.add(Arguments.given("pfx", file));
      return this;
    }

    /** Adds a file for {@code ca}. One that is empty trusts nobody. */
    public Builder ca(Path file) {
      ca.add(Arguments.given("ca", file));
      return this;
    }

    /** Adds a file for {@code crl}. */
    public Builder crl(Path file) {
      crl.add(Arguments.given("crl", file));
      return this;
    }

    /** Sets the file whose first line is the passphrase of keys and {@code pfx}. */
    public Builder passphrase(Path file) {
      passphrase = Arguments.given("passphrase", file);
      return this;
    }

    /** Sets options that come from no file: versions, ciphers, ticket keys and so on. */
    public Builder options(Consumer<SecureContextOptions.Builder> more) {
      more.accept(options);
      return this;
    }

    /**
     * Sets how often the files are looked at; default 10 s. Where the system tells of changes they
     * are looked at half a second after one, too.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} unless it is one
     *     second to one day
     */
    public Builder interval(Duration time) {
      interval = between("interval", time, SHORTEST, LONGEST, "1 s to 1 day");
      return this;
    }

    /**
     * Sets how long before its end a certificate is told of; default 14 days. For one that lives
     * less than three times as long a third of its life counts.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} unless it is zero to
     *     3650 days
     */
    public Builder warnBefore(Duration time) {
      warnBefore = between("warnBefore", time, Duration.ZERO, LONGEST_WARNING, "0 to 3650 days");
      return this;
    }

    private static Duration between(
        String option, Duration time, Duration least, Duration most, String shown) {
      Duration given = Arguments.given(option, time);
      if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
        throw new ConfigurationException(
            ErrorCode.ERR_OUT_OF_RANGE, option + " must be " + shown + ", got " + given);
      }
      return given;
    }

    /**
     * The finished set.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE} if it has no file
     */
    public CredentialFiles build() {
      if (key.isEmpty() && cert.isEmpty() && pfx.isEmpty() && ca.isEmpty() && crl.isEmpty()) {
        throw new ConfigurationException(
            ErrorCode.ERR_INVALID_ARG_VALUE,
            "there is no file to watch: give key and cert, pfx, ca or crl");
      }
      return new CredentialFiles(this);
    }
  }
}
