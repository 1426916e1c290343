package io.tlsport;

import java.time.Duration;

/**
 * What a peer may cost before its connection ends, the same on every engine. The defaults are far
 * above what honest peers need; {@code docs/hardening.md} has the reason for each. An engine may
 * have a lower limit of its own, which then comes first.
 *
 * <p>Time is limited elsewhere: {@code handshakeTimeout}, {@code closeTimeout}; renegotiations by
 * {@link RenegotiationLimits}, connections by {@link Server#maxConnections(int)}.
 */
public final class ConnectionLimits {
  /** The defaults. */
  public static final ConnectionLimits DEFAULT = builder().build();

  private final int helloBytes;
  private final int handshakeBytes;
  private final int silentRecords;
  private final int unreadAnswers;
  private final int chainCertificates;
  private final int chainBytes;
  private final int keyBits;
  private final int signatures;
  private final Duration verifyTime;
  private final int spareDescriptors;

  private ConnectionLimits(Builder b) {
    this.helloBytes = b.helloBytes;
    this.handshakeBytes = b.handshakeBytes;
    this.silentRecords = b.silentRecords;
    this.unreadAnswers = b.unreadAnswers;
    this.chainCertificates = b.chainCertificates;
    this.chainBytes = b.chainBytes;
    this.keyBits = b.keyBits;
    this.signatures = b.signatures;
    this.verifyTime = b.verifyTime;
    this.spareDescriptors = b.spareDescriptors;
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The largest ClientHello, in bytes. */
  public int helloBytes() {
    return helloBytes;
  }

  /** The most bytes of records in one handshake. */
  public int handshakeBytes() {
    return handshakeBytes;
  }

  /** The most records in a row that carry nothing. */
  public int silentRecords() {
    return silentRecords;
  }

  /** The most bytes of the engine's own answers that the peer has not taken. */
  public int unreadAnswers() {
    return unreadAnswers;
  }

  /** The most certificates of a peer. */
  public int chainCertificates() {
    return chainCertificates;
  }

  /** The most bytes of a peer's certificates together. */
  public int chainBytes() {
    return chainBytes;
  }

  /** The longest modulus of an RSA key in a peer's certificates, in bits. */
  public int keyBits() {
    return keyBits;
  }

  /** The most signatures that are checked for one verdict. */
  public int signatures() {
    return signatures;
  }

  /** How long a verdict may take. */
  public Duration verifyTime() {
    return verifyTime;
  }

  /** File descriptors of the process that connections of servers leave free. */
  public int spareDescriptors() {
    return spareDescriptors;
  }

  /** Sets limits. */
  public static final class Builder {
    private int helloBytes = 64 * 1024;
    private int handshakeBytes = 512 * 1024;
    private int silentRecords = 32;
    private int unreadAnswers = 64 * 1024;
    private int chainCertificates = 10;
    private int chainBytes = 128 * 1024;
    private int keyBits = 8192;
    private int signatures = 100;
    private Duration verifyTime = Duration.ofSeconds(2);
    private int spareDescriptors = 200;

    private Builder() {}

    /**
     * Sets the largest ClientHello that a server reads, 1,024 to 16,777,215 bytes; default 64 KiB.
     * A larger one is refused when its length is read, with {@link
     * ErrorCode#ERR_SSL_EXCESSIVE_MESSAGE_SIZE}.
     */
    public Builder helloBytes(int bytes) {
      this.helloBytes = Arguments.within("helloBytes", bytes, 1024, 0xffffff);
      return this;
    }

    /**
     * Sets how many bytes the records of one handshake may have, from 64 KiB on; default 512 KiB.
     * Application data beside a renegotiation does not count. More is {@link
     * ErrorCode#ERR_SSL_EXCESSIVE_MESSAGE_SIZE}.
     */
    public Builder handshakeBytes(int bytes) {
      this.handshakeBytes = Arguments.within("handshakeBytes", bytes, 64 * 1024, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets how many records in a row may carry nothing, 1 or more; default 32. In a handshake these
     * are alerts, ChangeCipherSpec, empty records and HelloRequests; after it all that yield no
     * data, such as key updates. One more is {@link ErrorCode#ERR_SSL_UNEXPECTED_MESSAGE}.
     */
    public Builder silentRecords(int records) {
      this.silentRecords = Arguments.within("silentRecords", records, 1, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets how many bytes of what the engine itself answers, such as key updates, may wait for a
     * peer that does not read, 1,024 or more; default 64 KiB. More is {@link
     * ErrorCode#ERR_SSL_UNEXPECTED_MESSAGE}. What the application writes does not count: see {@link
     * TLSSocket#writable()}.
     */
    public Builder unreadAnswers(int bytes) {
      this.unreadAnswers = Arguments.within("unreadAnswers", bytes, 1024, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets how many certificates a peer may show, 1 or more; default 10. A longer chain is {@link
     * ErrorCode#CERT_CHAIN_TOO_LONG}, before anything of it is looked at.
     */
    public Builder chainCertificates(int certificates) {
      this.chainCertificates =
          Arguments.within("chainCertificates", certificates, 1, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets how many bytes a peer's certificates may have together, 1,024 or more; default 128 KiB.
     * More is {@link ErrorCode#CERT_CHAIN_TOO_LONG}.
     */
    public Builder chainBytes(int bytes) {
      this.chainBytes = Arguments.within("chainBytes", bytes, 1024, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets the longest modulus of an RSA key in a peer's certificates, 2,048 bits or more; default
     * 8,192. A longer one is {@link ErrorCode#UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY}.
     */
    public Builder keyBits(int bits) {
      this.keyBits = Arguments.within("keyBits", bits, 2048, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets how many signatures are checked for one verdict, 1 or more; default 100. More is {@link
     * ErrorCode#CERT_CHAIN_TOO_LONG}.
     */
    public Builder signatures(int most) {
      this.signatures = Arguments.within("signatures", most, 1, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Sets how long a verdict may take, longer than zero; default 2 s. Longer is {@link
     * ErrorCode#ERR_TLS_VERIFY_TIMEOUT}.
     */
    public Builder verifyTime(Duration longest) {
      this.verifyTime = Arguments.positive("verifyTime", longest);
      return this;
    }

    /**
     * Sets how many of the process's file descriptors the connections of a server leave free, 0 or
     * more; default 200. What the limit of the system leaves, divided by the descriptors that a
     * connection of the provider's engine holds, is the most that {@link
     * Server#maxConnections(int)} comes to, whatever was set. Without effect where the system tells
     * no limit.
     */
    public Builder spareDescriptors(int descriptors) {
      this.spareDescriptors =
          Arguments.within("spareDescriptors", descriptors, 0, Integer.MAX_VALUE);
      return this;
    }

    /** The finished limits. */
    public ConnectionLimits build() {
      return new ConnectionLimits(this);
    }
  }
}
