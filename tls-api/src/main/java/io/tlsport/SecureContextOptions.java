package io.tlsport;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SecureContext} is made of: the seed's {@code tls.createSecureContext(options)}, by
 * the seed's names. An option that is not set takes its default from the policy in force.
 */
public final class SecureContextOptions {
  private static final int TICKET_KEY_SIZE = 48;

  private final List<Pem> key;
  private final List<Pem> cert;
  private final List<KeyEntry> keyEntries;
  private final List<Pem> pfx;
  private final @Nullable Secret passphrase;
  private final @Nullable List<Pem> ca;
  private final List<Pem> crl;
  private final @Nullable String ciphers;
  private final @Nullable String ecdhCurve;
  private final boolean ecdhDisabled;
  private final PostQuantum postQuantum;
  private final @Nullable Pem dhparam;
  private final boolean dhparamAuto;
  private final @Nullable String sigalgs;
  private final @Nullable Boolean honorCipherOrder;
  private final @Nullable String secureProtocol;
  private final @Nullable ProtocolVersion minVersion;
  private final @Nullable ProtocolVersion maxVersion;
  private final long secureOptions;
  private final @Nullable String sessionIdContext;
  private final @Nullable Duration sessionTimeout;
  private final List<byte[]> ticketKeys;
  private final boolean pfxWithCa;
  private final boolean allowPartialTrustChain;
  private final boolean addDefaultRoots;
  private final boolean systemRoots;

  /**
   * An identity given as objects rather than bytes, for keys that cannot leave their device.
   *
   * @param key the private key; need not have an encoding
   * @param chain its certificate first, then the issuers
   */
  public record KeyEntry(PrivateKey key, List<X509Certificate> chain) {
    /** Keeps a copy of the chain. */
    public KeyEntry {
      chain = List.copyOf(chain);
    }
  }

  private SecureContextOptions(Builder b) {
    this.key = List.copyOf(b.key);
    this.cert = List.copyOf(b.cert);
    this.keyEntries = List.copyOf(b.keyEntries);
    this.pfx = List.copyOf(b.pfx);
    this.passphrase = b.passphrase;
    this.ca = b.ca == null ? null : List.copyOf(b.ca);
    this.crl = List.copyOf(b.crl);
    this.ciphers = b.ciphers;
    this.ecdhCurve = b.ecdhCurve;
    this.ecdhDisabled = b.ecdhDisabled;
    this.postQuantum = b.postQuantum;
    this.dhparam = b.dhparam;
    this.dhparamAuto = b.dhparamAuto;
    this.sigalgs = b.sigalgs;
    this.honorCipherOrder = b.honorCipherOrder;
    this.secureProtocol = b.secureProtocol;
    this.minVersion = b.minVersion;
    this.maxVersion = b.maxVersion;
    this.secureOptions = b.secureOptions;
    this.sessionIdContext = b.sessionIdContext;
    this.sessionTimeout = b.sessionTimeout;
    this.ticketKeys = b.ticketKeys.stream().map(byte[]::clone).toList();
    this.pfxWithCa = b.pfxWithCa;
    this.allowPartialTrustChain = b.allowPartialTrustChain;
    this.addDefaultRoots = b.addDefaultRoots;
    this.systemRoots = b.systemRoots;
  }

  /** A builder with nothing set. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these options. */
  public Builder toBuilder() {
    Builder b = new Builder();
    b.key.addAll(key);
    b.cert.addAll(cert);
    b.keyEntries.addAll(keyEntries);
    b.pfx.addAll(pfx);
    b.passphrase = passphrase;
    b.ca = ca == null ? null : new ArrayList<>(ca);
    b.crl.addAll(crl);
    b.ciphers = ciphers;
    b.ecdhCurve = ecdhCurve;
    b.ecdhDisabled = ecdhDisabled;
    b.postQuantum = postQuantum;
    b.dhparam = dhparam;
    b.dhparamAuto = dhparamAuto;
    b.sigalgs = sigalgs;
    b.honorCipherOrder = honorCipherOrder;
    b.secureProtocol = secureProtocol;
    b.minVersion = minVersion;
    b.maxVersion = maxVersion;
    b.secureOptions = secureOptions;
    b.sessionIdContext = sessionIdContext;
    b.sessionTimeout = sessionTimeout;
    b.ticketKeys.addAll(ticketKeys());
    b.pfxWithCa = pfxWithCa;
    b.allowPartialTrustChain = allowPartialTrustChain;
    b.addDefaultRoots = addDefaultRoots;
    b.systemRoots = systemRoots;
    return b;
  }

  /** {@code key}: private keys, PEM or DER, each of another type. */
  public List<Pem> key() {
    return key;
  }

  /** {@code cert}: PEM certificates, each leaf followed by its issuers. */
  public List<Pem> cert() {
    return cert;
  }

  /** Identities given as objects. */
  public List<KeyEntry> keyEntries() {
    return keyEntries;
  }

  /** {@code pfx}: PKCS#12 files with key, certificate and CA certificates. */
  public List<Pem> pfx() {
    return pfx;
  }

  /** {@code passphrase} of keys and PFX files that have none of their own. */
  public Optional<Secret> passphrase() {
    return Optional.ofNullable(passphrase);
  }

  /** {@code ca}: trusted certificates. Absent: the well-known roots. An empty list: nothing. */
  public Optional<List<Pem>> ca() {
    return Optional.ofNullable(ca);
  }

  /** {@code crl}: PEM revocation lists. */
  public List<Pem> crl() {
    return crl;
  }

  /** {@code ciphers}: an OpenSSL cipher list. */
  public Optional<String> ciphers() {
    return Optional.ofNullable(ciphers);
  }

  /** {@code ecdhCurve}: a group, several separated by colons, or {@code auto}. */
  public Optional<String> ecdhCurve() {
    return Optional.ofNullable(ecdhCurve);
  }

  /** True if {@code ecdhCurve} is {@code false} in the seed's sense: no ECDH at all. */
  public boolean ecdhDisabled() {
    return ecdhDisabled;
  }

  /** How much a key exchange with ML-KEM is wanted. */
  public PostQuantum postQuantum() {
    return postQuantum;
  }

  /** {@code dhparam}: PEM Diffie-Hellman parameters. */
  public Optional<Pem> dhparam() {
    return Optional.ofNullable(dhparam);
  }

  /** True if {@code dhparam} is {@code auto}: a group as strong as the certificate's key. */
  public boolean dhparamAuto() {
    return dhparamAuto;
  }

  /** {@code sigalgs}: an OpenSSL list of signature algorithms. */
  public Optional<String> sigalgs() {
    return Optional.ofNullable(sigalgs);
  }

  /** {@code honorCipherOrder}; absent: false. */
  public Optional<Boolean> honorCipherOrder() {
    return Optional.ofNullable(honorCipherOrder);
  }

  /** {@code secureProtocol}: a method name such as {@code TLSv1_2_method}. */
  public Optional<String> secureProtocol() {
    return Optional.ofNullable(secureProtocol);
  }

  /** {@code minVersion}; absent: TLS 1.2. */
  public Optional<ProtocolVersion> minVersion() {
    return Optional.ofNullable(minVersion);
  }

  /** {@code maxVersion}; absent: TLS 1.3. */
  public Optional<ProtocolVersion> maxVersion() {
    return Optional.ofNullable(maxVersion);
  }

  /** {@code secureOptions}: OpenSSL's bits, as they were given; 0 without any. */
  public long secureOptions() {
    return secureOptions;
  }

  /** {@code sessionIdContext}. */
  public Optional<String> sessionIdContext() {
    return Optional.ofNullable(sessionIdContext);
  }

  /** {@code sessionTimeout}; absent: 300 s. */
  public Optional<Duration> sessionTimeout() {
    return Optional.ofNullable(sessionTimeout);
  }

  /** {@code ticketKeys}: 48 bytes each; the first encrypts, all decrypt. Copies. */
  public List<byte[]> ticketKeys() {
    return ticketKeys.stream().map(byte[]::clone).toList();
  }

  /** True if {@code pfx} may stand beside {@code ca}. */
  public boolean pfxWithCa() {
    return pfxWithCa;
  }

  /** {@code allowPartialTrustChain}: an intermediate in {@code ca} is a trust anchor. */
  public boolean allowPartialTrustChain() {
    return allowPartialTrustChain;
  }

  /** True if the well-known roots are trusted besides {@code ca}. */
  public boolean addDefaultRoots() {
    return addDefaultRoots;
  }

  /** True if the operating system's roots are trusted as well. */
  public boolean systemRoots() {
    return systemRoots;
  }

  /**
   * Sets options by the seed's names. Not safe for several threads. Null is refused with {@link
   * ErrorCode#ERR_INVALID_ARG_TYPE} where it is passed.
   */
  public static final class Builder {
    private final List<Pem> key = new ArrayList<>();
    private final List<Pem> cert = new ArrayList<>();
    private final List<KeyEntry> keyEntries = new ArrayList<>();
    private final List<Pem> pfx = new ArrayList<>();
    private @Nullable Secret passphrase;
    private @Nullable List<Pem> ca;
    private final List<Pem> crl = new ArrayList<>();
    private @Nullable String ciphers;
    private @Nullable String ecdhCurve;
    private boolean ecdhDisabled;
    private PostQuantum postQuantum = PostQuantum.RELAXED;
    private @Nullable Pem dhparam;
    private boolean dhparamAuto;
    private @Nullable String sigalgs;
    private @Nullable Boolean honorCipherOrder;
    private @Nullable String secureProtocol;
    private @Nullable ProtocolVersion minVersion;
    private @Nullable ProtocolVersion maxVersion;
    private long secureOptions;
    private @Nullable String sessionIdContext;
    private @Nullable Duration sessionTimeout;
    private final List<byte[]> ticketKeys = new ArrayList<>();
    private boolean pfxWithCa;
    private boolean allowPartialTrustChain;
    private boolean addDefaultRoots;
    private boolean systemRoots;

    private Builder() {}

    /** Adds {@code key}: one or several private keys in PEM, or one in DER. */
    public Builder key(Pem pem) {
      key.add(Arguments.given("key", pem));
      return this;
    }

    /**
     * Adds {@code cert}: a leaf and its issuers, or several of these. A leaf without issuers is
     * sent with those that are found in {@code ca}, the root included.
     */
    public Builder cert(Pem pem) {
      cert.add(Arguments.given("cert", pem));
      return this;
    }

    /** Adds an identity whose key is an object, exportable or not. */
    public Builder keyEntry(PrivateKey key, List<X509Certificate> chain) {
      for (X509Certificate certificate : Arguments.given("keyEntry", chain)) {
        Arguments.given("keyEntry", certificate);
      }
      keyEntries.add(new KeyEntry(Arguments.given("keyEntry", key), chain));
      return this;
    }

    /** Adds {@code pfx}, each with another key type; excludes {@code key} and {@code cert}. */
    public Builder pfx(Pem pkcs12) {
      pfx.add(Arguments.given("pfx", pkcs12));
      return this;
    }

    /** Sets {@code passphrase} of the keys or PFX files that have none of their own. */
    public Builder passphrase(String text) {
      return passphrase(Secret.of(Arguments.given("passphrase", text)));
    }

    /** Sets {@code passphrase} of the keys or PFX files that have none of their own. */
    public Builder passphrase(Secret secret) {
      this.passphrase = Arguments.given("passphrase", secret);
      return this;
    }

    /** Adds to {@code ca}; with no argument at all, nothing is trusted. */
    public Builder ca(Pem... pems) {
      List<Pem> list = ca == null ? new ArrayList<>() : ca;
      for (Pem pem : Arguments.given("ca", pems)) {
        list.add(Arguments.given("ca", pem));
      }
      this.ca = list;
      return this;
    }

    /** Adds to {@code crl}. */
    public Builder crl(Pem pem) {
      crl.add(Arguments.given("crl", pem));
      return this;
    }

    /** Sets {@code ciphers}, an OpenSSL cipher list; an empty one is none, as in Node. */
    public Builder ciphers(String list) {
      this.ciphers = Arguments.given("ciphers", list).isEmpty() ? null : list;
      return this;
    }

    /** Sets {@code ecdhCurve}: a group, several separated by colons, or {@code auto}. */
    public Builder ecdhCurve(String groups) {
      this.ecdhCurve = Arguments.text("ecdhCurve", groups);
      this.ecdhDisabled = false;
      return this;
    }

    /** The seed's {@code ecdhCurve: false}: no ECDH at all. */
    public Builder disableEcdh() {
      this.ecdhCurve = null;
      this.ecdhDisabled = true;
      return this;
    }

    /**
     * Sets how much a key exchange with ML-KEM is wanted, which {@link
     * Capability#POST_QUANTUM_GROUPS} says of a provider; default {@link PostQuantum#RELAXED}.
     */
    public Builder postQuantum(PostQuantum wanted) {
      this.postQuantum = Arguments.given("postQuantum", wanted);
      return this;
    }

    /**
     * Sets {@code dhparam}, which a server uses with DHE suites: PEM Diffie-Hellman parameters of
     * at least 2048 bits. Absent: a group of RFC 7919 that the engine chooses.
     */
    public Builder dhparam(Pem pem) {
      this.dhparam = Arguments.given("dhparam", pem);
      this.dhparamAuto = false;
      return this;
    }

    /** The later Node's {@code dhparam: 'auto'}: a group of RFC 7919 as strong as the key. */
    public Builder dhparamAuto() {
      this.dhparam = null;
      this.dhparamAuto = true;
      return this;
    }

    /**
     * Sets {@code sigalgs}, most wanted first, separated by colons: {@code rsa_pss_rsae_sha256},
     * {@code RSA+SHA256}, {@code ECDSA+SHA384}, {@code ed25519}.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE} if it is empty
     */
    public Builder sigalgs(String schemes) {
      this.sigalgs = Arguments.text("sigalgs", schemes);
      return this;
    }

    /** Sets {@code honorCipherOrder}; default false, as in the seed. */
    public Builder honorCipherOrder(boolean honor) {
      this.honorCipherOrder = honor;
      return this;
    }

    /**
     * Sets {@code secureProtocol}: {@code TLS_method}, {@code TLSv1_2_method} and their forms for
     * one side; excludes {@code minVersion} and {@code maxVersion}. {@code TLSv1_method} and {@code
     * TLSv1_1_method} are as {@link #minVersion} says.
     */
    public Builder secureProtocol(String method) {
      this.secureProtocol = Arguments.given("secureProtocol", method);
      return this;
    }

    /**
     * Sets {@code minVersion}; default TLS 1.2. What is older asks for {@link
     * Capability#LEGACY_PROTOCOLS} and for {@code @SECLEVEL=0} in {@code ciphers}: the context is
     * refused with {@link ErrorCode#ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM} otherwise.
     */
    public Builder minVersion(ProtocolVersion version) {
      this.minVersion = Arguments.given("minVersion", version);
      return this;
    }

    /** Sets {@code maxVersion}; default TLS 1.3. */
    public Builder maxVersion(ProtocolVersion version) {
      this.maxVersion = Arguments.given("maxVersion", version);
      return this;
    }

    /**
     * Sets {@code secureOptions}, the bits {@code SSL_OP_} of OpenSSL 3 ({@code
     * SSL_CTX_set_options(3)}). Those that take a version away ({@code NO_TLSv1} 1&lt;&lt;26,
     * {@code NO_TLSv1_1} 1&lt;&lt;28, {@code NO_TLSv1_2} 1&lt;&lt;27, {@code NO_TLSv1_3}
     * 1&lt;&lt;29) and {@code CIPHER_SERVER_PREFERENCE} (1&lt;&lt;22, as {@link #honorCipherOrder},
     * which wins) have their effect. Those that ask for what is so anyway are accepted ({@code
     * NO_SSLv3}, {@code NO_COMPRESSION}, {@code NO_SESSION_RESUMPTION_ON_RENEGOTIATION}). The
     * context is refused with {@link ErrorCode#ERR_INVALID_ARG_VALUE} for any other, and with
     * {@link ErrorCode#ERR_TLS_INVALID_PROTOCOL_VERSION} if no version is left. Default 0.
     */
    public Builder secureOptions(long bits) {
      this.secureOptions = bits;
      return this;
    }

    /** Sets {@code sessionIdContext}. */
    public Builder sessionIdContext(String context) {
      this.sessionIdContext = Arguments.given("sessionIdContext", context);
      return this;
    }

    /**
     * Sets {@code sessionTimeout}; default 300 s.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} unless it is whole
     *     seconds, from one to what an int holds
     */
    public Builder sessionTimeout(Duration timeout) {
      Arguments.given("sessionTimeout", timeout);
      long seconds = timeout.getSeconds();
      if (seconds < 1 || seconds > Integer.MAX_VALUE || timeout.getNano() != 0) {
        throw new ConfigurationException(
            ErrorCode.ERR_OUT_OF_RANGE,
            "sessionTimeout must be whole seconds, 1 to 2147483647, got " + timeout);
      }
      this.sessionTimeout = timeout;
      return this;
    }

    /**
     * Adds one of {@code ticketKeys}; the first encrypts, all decrypt.
     *
     * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE} unless it has 48
     *     bytes: 16 of name, 16 of HMAC key, 16 of AES key
     */
    public Builder ticketKey(byte[] key) {
      if (Arguments.given("ticketKey", key).length != TICKET_KEY_SIZE) {
        throw new ConfigurationException(
            ErrorCode.ERR_INVALID_ARG_VALUE,
            "a ticket key has " + TICKET_KEY_SIZE + " bytes, this one has " + key.length);
      }
      ticketKeys.add(key.clone());
      return this;
    }

    /** Allows {@code pfx} beside {@code ca}, which a server otherwise refuses as the seed says. */
    public Builder pfxWithCa(boolean allow) {
      this.pfxWithCa = allow;
      return this;
    }

    /** Sets {@code allowPartialTrustChain}; default false. */
    public Builder allowPartialTrustChain(boolean allow) {
      this.allowPartialTrustChain = allow;
      return this;
    }

    /**
     * Trusts the well-known roots besides {@code ca}, which otherwise replaces them; default false.
     * Which these are is {@link CaSource#DEFAULT}.
     */
    public Builder addDefaultRoots(boolean add) {
      this.addDefaultRoots = add;
      return this;
    }

    /**
     * Trusts the operating system's roots as well; default false. For these alone, call {@link #ca}
     * with nothing. A system that has none that can be read is a {@link ConfigurationException}
     * with {@link ErrorCode#ENOENT} when the context is made.
     */
    public Builder systemRoots(boolean use) {
      this.systemRoots = use;
      return this;
    }

    /** The finished options; what is in them is read and judged by {@link Tls}. */
    public SecureContextOptions build() {
      return new SecureContextOptions(this);
    }
  }

  /** Where the credentials come from; never their content. */
  @Override
  public String toString() {
    return "SecureContextOptions[key=" + key + ", cert=" + cert + ", pfx=" + pfx + "]";
  }
}
