package io.tlsport.spi.jsse;

import io.tlsport.ErrorCode;
import io.tlsport.ProviderException;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Role;
import io.tlsport.spi.SessionMode;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

/**
 * The {@link SSLContext}s behind one {@link ContextSpec}: one for each identity that an engine
 * shows, so that engines never choose. Safe for any number of threads.
 */
public final class JsseContexts {
  private final ContextSpec spec;
  private final Maker maker;
  private final Optional<SecureRandom> random;
  private final PeerChecks checks;
  private final KeyManager[] others;
  private final Map<Optional<Identity>, SSLContext> contexts = new ConcurrentHashMap<>();

  /** Makes a context that is not initialised. */
  @FunctionalInterface
  public interface Maker {
    /** A new context of the vendor. */
    SSLContext make() throws GeneralSecurityException;
  }

  /**
   * Contexts that are made when they are needed.
   *
   * @param random randomness for all of them; empty: the vendor's choice
   * @param checks whom to show what peers send
   * @param others key managers beside those of identities
   */
  public JsseContexts(
      ContextSpec spec,
      Maker maker,
      Optional<SecureRandom> random,
      PeerChecks checks,
      KeyManager... others) {
    this.spec = spec;
    this.maker = maker;
    this.random = random;
    this.checks = checks;
    this.others = others.clone();
  }

  /** The context whose engines show that identity. */
  public SSLContext of(Optional<Identity> identity) {
    return contexts.computeIfAbsent(identity, this::fresh);
  }

  /** A context whose engines show that identity, which nothing else has or gets. */
  public SSLContext fresh(Optional<Identity> identity) {
    SSLContext context = make(maker, identity, spec.authorities(), random, checks, others);
    configureSessions(context);
    return context;
  }

  /**
   * A context of its own.
   *
   * @param identity what its engines show
   * @param authorities whose names a server tells its clients
   * @param random randomness; empty: the vendor's choice
   * @param checks whom to show what peers send
   * @param others key managers beside that of the identity
   */
  public static SSLContext make(
      Maker maker,
      Optional<Identity> identity,
      List<X509Certificate> authorities,
      Optional<SecureRandom> random,
      PeerChecks checks,
      KeyManager... others) {
    try {
      SSLContext context = maker.make();
      KeyManager[] keys =
          Stream.concat(
                  identity.<KeyManager>map(SingleIdentityKeyManager::new).stream(),
                  Arrays.stream(others))
              .toArray(KeyManager[]::new);
      TrustManager[] trust = {new AcceptingTrustManager(authorities, checks)};
      context.init(keys, trust, random.orElse(null));
      return context;
    } catch (GeneralSecurityException refused) {
      throw new ProviderException(
          ErrorCode.ERR_PROVIDER_FAILURE,
          "the provider refuses the context: " + refused.getMessage(),
          refused);
    }
  }

  private void configureSessions(SSLContext context) {
    SSLSessionContext sessions =
        spec.role() == Role.SERVER
            ? context.getServerSessionContext()
            : context.getClientSessionContext();
    sessions.setSessionTimeout((int) Math.max(1, spec.sessionTimeout().toSeconds()));
    if (spec.sessions() == SessionMode.NONE) {
      // Zero would mean without limit; nothing ever asks for the one that is kept.
      sessions.setSessionCacheSize(1);
    }
  }

  /** Calls {@code action} for every context that was made. */
  public void forEach(Consumer<SSLContext> action) {
    contexts.values().forEach(action);
  }
}
