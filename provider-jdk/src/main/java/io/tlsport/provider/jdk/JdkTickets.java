package io.tlsport.provider.jdk;

import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.JcaServices;
import io.tlsport.spi.Resumption;
import io.tlsport.spi.TicketKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Tickets of the servers of one context, under keys of the user. SunJSSE knows no age of a ticket:
 * here each of the user's keys gives a key for every second. Its number is that second, under a
 * mask that tells the user's keys apart, so that a ticket itself says when its session was made,
 * and none that is too old is read. Safe for any number of threads.
 */
final class JdkTickets implements TicketKeys, SunTicketKeys.Source {
  private static final int KEY_LENGTH = 48;
  private static final String MAC = "HmacSHA256";

  /** SunJSSE says not for which engine it asks: it asks on the thread that runs it. */
  private static final ThreadLocal<@Nullable OfEngine> RUNNING = new ThreadLocal<>();

  private final ContextSpec spec;
  private final JcaServices jca;
  private volatile List<Secret> secrets;

  /** One of the user's keys. */
  private record Secret(int mask, SecretKeySpec key) {}

  /** The tickets of one engine. */
  final class OfEngine {
    private final SSLEngine engine;
    private final boolean resumes;
    private final long begun;
    private @Nullable Instant offered;

    private OfEngine(SSLEngine engine, Resumption resumption) {
      this.engine = engine;
      this.resumes = resumption instanceof Resumption.Own;
      // By SunJSSE's own clock: what an engine has before its first handshake is as old as itself.
      this.begun = engine.getSession().getCreationTime();
    }

    /** The engine runs on this thread. */
    void enter() {
      RUNNING.set(this);
    }

    /** It does no more. */
    void leave() {
      RUNNING.remove();
    }

    /** Resuming makes no session younger. SunJSSE hands its time of creation on. */
    private Instant made() {
      SSLSession handshake = engine.getHandshakeSession();
      SSLSession session = handshake == null ? engine.getSession() : handshake;
      Instant resumed = offered;
      return resumed != null && session.getCreationTime() < begun
          ? resumed
          : spec.clock().instant();
    }

    private Optional<SunTicketKeys.Key> admit(int number) {
      if (!resumes) {
        return Optional.empty();
      }
      Instant now = spec.clock().instant();
      for (Secret secret : secrets) {
        // The second nearest to now among those that the number can mean.
        int ago = second(now) - (number ^ secret.mask());
        Instant when = Instant.ofEpochSecond(now.getEpochSecond() - ago);
        if (!JdkMadeSessions.isStale(when, now, spec.sessionTimeout())) {
          offered = when;
          return Optional.of(key(secret, when));
        }
      }
      return Optional.empty();
    }
  }

  /** Tickets under a key of this process only, until others are installed. */
  JdkTickets(ContextSpec spec, JcaServices jca) {
    this.spec = spec;
    this.jca = jca;
    byte[] own = new byte[KEY_LENGTH];
    jca.random().nextBytes(own);
    this.secrets = List.of(secret(own));
  }

  @Override
  public void install(List<byte[]> newestFirst) {
    secrets = newestFirst.stream().map(this::secret).toList();
  }

  /** Tickets of an engine that has not begun. */
  OfEngine of(SSLEngine engine, Resumption resumption) {
    return new OfEngine(engine, resumption);
  }

  private static int second(Instant when) {
    return (int) when.getEpochSecond();
  }

  private Secret secret(byte[] key) {
    SecretKeySpec mac = new SecretKeySpec(key, MAC);
    byte[] name = derive(mac, "number".getBytes(StandardCharsets.US_ASCII));
    return new Secret(ByteBuffer.wrap(name).getInt(), mac);
  }

  private SunTicketKeys.Key key(Secret secret, Instant when) {
    byte[] second = ByteBuffer.allocate(Long.BYTES).putLong(when.getEpochSecond()).array();
    return new SunTicketKeys.Key(
        second(when) ^ secret.mask(), new SecretKeySpec(derive(secret.key(), second), "AES"));
  }

  /** HMAC as a function that gives keys; what is derived has no two lengths for one use. */
  private byte[] derive(SecretKeySpec key, byte[] what) {
    try {
      Mac mac = jca.mac(MAC);
      mac.init(key);
      return mac.doFinal(what);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("no " + MAC, impossible);
    }
  }

  @Override
  public SunTicketKeys.Key encrypting() {
    OfEngine engine = RUNNING.get();
    return key(secrets.get(0), engine == null ? spec.clock().instant() : engine.made());
  }

  @Override
  public Optional<SunTicketKeys.Key> decrypting(int number) {
    OfEngine engine = RUNNING.get();
    return engine == null ? Optional.empty() : engine.admit(number);
  }
}
