package io.tlsport.provider.jdk;

import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.Role;
import io.tlsport.spi.SessionMode;
import io.tlsport.spi.jsse.JsseContexts;
import io.tlsport.spi.jsse.PeerChecks;
import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * The contexts of one provider object. Sessions live in a context: those that may meet, such as the
 * servers of one store, share theirs, and what may not is kept apart by {@link JdkServerSessions}.
 * A context is gone with the last one that uses it. Safe for any number of threads.
 */
final class JdkContexts {
  /** Read when a context is made: each keeps what it saw. */
  private static final String SERVER_TICKETS = "jdk.tls.server.enableSessionTicketExtension";

  private static final String SERVER_STATUS = "jdk.tls.server.enableStatusRequestExtension";
  private static final String CLIENT_STATUS = "jdk.tls.client.enableStatusRequestExtension";

  /** RFC 8446 section 4.6.1; SunJSSE makes no ticket for longer. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final ProviderConfig config;
  private final Optional<SunTicketKeys> ticketKeys;
  private final PeerChecks checks;
  private final JdkAccelerator accelerator;
  private final Map<Key, WeakReference<JdkContext>> contexts = new ConcurrentHashMap<>();

  private record Key(
      Role role,
      Optional<Identity> identity,
      List<X509Certificate> authorities,
      SessionMode sessions,
      Duration timeout,
      Optional<JdkTickets> tickets,
      JdkStatus status) {}

  /**
   * Contexts that are made when they are needed.
   *
   * @param ticketKeys how SunJSSE is told which they are
   * @param checks whom all of them show what peers send
   * @param accelerator what computes for their engines
   */
  JdkContexts(
      ProviderConfig config,
      Optional<SunTicketKeys> ticketKeys,
      PeerChecks checks,
      JdkAccelerator accelerator) {
    this.config = config;
    this.ticketKeys = ticketKeys;
    this.checks = checks;
    this.accelerator = accelerator;
  }

  /** Whether servers can have tickets under keys of the user. */
  boolean takeTicketKeys() {
    return ticketKeys.isPresent();
  }

  /**
   * The context whose engines show that identity; to be held by whoever uses it.
   *
   * @param tickets of its servers; empty: SunJSSE's own way
   */
  JdkContext of(
      ContextSpec spec,
      Optional<Identity> identity,
      Optional<JdkTickets> tickets,
      JdkStatus status) {
    boolean server = spec.role() == Role.SERVER;
    Key key =
        new Key(
            spec.role(),
            identity,
            spec.authorities(),
            spec.sessions(),
            server ? spec.sessionTimeout() : Duration.ZERO,
            tickets,
            status);
    synchronized (contexts) {
      WeakReference<JdkContext> known = contexts.get(key);
      JdkContext found = known == null ? null : known.get();
      if (found == null) {
        contexts.values().removeIf(dropped -> dropped.get() == null);
        found = make(key);
        contexts.put(key, new WeakReference<>(found));
      }
      return found;
    }
  }

  private JdkContext make(Key key) {
    Optional<Identity> shown = key.identity().map(key.status()::shown);
    Optional<Acceleration> acceleration = accelerator.showing(shown);
    SSLContext context =
        JsseContexts.make(
            () -> uninitialised(key),
            shown,
            key.authorities(),
            Optional.of(new RecordingRandom(config.random().orElseGet(SecureRandom::new))),
            checks);
    if (key.role() == Role.SERVER) {
      Duration timeout = key.timeout().compareTo(LONGEST) > 0 ? LONGEST : key.timeout();
      context.getServerSessionContext().setSessionTimeout((int) Math.max(1, timeout.toSeconds()));
    }
    key.tickets().ifPresent(source -> ticketKeys.orElseThrow().use(context, source));
    return new JdkContext(
        context,
        new JdkMadeSessions(context.getServerSessionContext()),
        key.status(),
        key.status()
            .response()
            .map(staple -> JdkStaples.load(config, context, staple, shown.orElseThrow())),
        acceleration);
  }

  /** Servers keep sessions rather than hand them out: SunJSSE knows no age of a ticket. */
  private SSLContext uninitialised(Key key) throws GeneralSecurityException {
    Map<String, String> properties =
        key.role() == Role.CLIENT
            ? Map.of(CLIENT_STATUS, Boolean.toString(key.status().requested()))
            : Map.of(
                SERVER_TICKETS, Boolean.toString(key.sessions() == SessionMode.TICKETS),
                SERVER_STATUS, Boolean.toString(key.status().staple().isPresent()));
    try {
      return config.withSystemProperties(
          properties,
          () -> {
            try {
              return JdkProvider.newContext();
            } catch (GeneralSecurityException failed) {
              throw new IllegalStateException(failed);
            }
          });
    } catch (IllegalStateException failed) {
      if (failed.getCause() instanceof GeneralSecurityException refused) {
        throw refused;
      }
      throw failed;
    }
  }
}
