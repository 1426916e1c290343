package io.tlsport.provider.jdk;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The keys of SunJSSE's session tickets. A context of servers keeps them in a map by a number,
 * which every ticket begins with; here the map gives way to one that asks us. All use of these
 * internals is here. They are the same in Java 17 and 25, and have to be as they were when this was
 * written, or none is used.
 */
final class SunTicketKeys {
  /** The package that has to be open to this class. */
  static final String PACKAGE = "sun.security.ssl";

  /** So far off that SunJSSE takes no key for old, and can still add to it. */
  private static final long NEVER = Long.MAX_VALUE / 2;

  private final Constructor<?> newKey;
  private final Field secret;
  private final Field expiry;
  private final Field keys;
  private final Field current;
  private final Method find;
  private final Object handshake;

  /**
   * A key of tickets.
   *
   * @param number what tickets under it begin with
   * @param secret for AES
   */
  record Key(int number, SecretKey secret) {}

  /** Whom SunJSSE asks for keys, on the thread that runs an engine. */
  interface Source {
    /** For a ticket that is made. */
    Key encrypting();

    /** For a ticket that is offered; empty: it is not read, and the handshake is a full one. */
    Optional<Key> decrypting(int number);
  }

  private SunTicketKeys(SSLContext sample) throws ReflectiveOperationException {
    Class<?> key = type("SessionTicketExtension$StatelessKey");
    newKey = key.getDeclaredConstructor(type("HandshakeContext"), int.class);
    newKey.setAccessible(true);
    secret = field(key, "key", SecretKey.class);
    expiry = field(key, "timeout", long.class);
    Class<?> sessions = type("SSLSessionContextImpl");
    keys = field(sessions, "keyHashMap", Map.class);
    current = field(sessions, "currentKeyID", int.class);
    find = sessions.getDeclaredMethod("getKey", int.class);
    find.setAccessible(true);
    handshake = handshake(sample);
  }

  /** A class of the package. */
  static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(PACKAGE + "." + name, true, null);
  }

  /** A field of that type, open to us. */
  static Field field(Class<?> owner, String name, Class<?> type)
      throws ReflectiveOperationException {
    Field field = owner.getDeclaredField(name);
    if (field.getType() != type) {
      throw new NoSuchFieldException(field.toString());
    }
    field.setAccessible(true);
    return field;
  }

  /** Keys are made for a handshake, of which they use the randomness only. */
  private static Object handshake(SSLContext sample) throws ReflectiveOperationException {
    Class<?> transports = type("TransportContext");
    SSLEngine engine = sample.createSSLEngine();
    engine.setUseClientMode(false);
    Object transport = field(engine.getClass(), "conContext", transports).get(engine);
    Constructor<?> made =
        type("ServerHandshakeContext").getDeclaredConstructor(type("SSLContextImpl"), transports);
    made.setAccessible(true);
    return made.newInstance(
        field(transports, "sslContext", type("SSLContextImpl")).get(transport), transport);
  }

  /**
   * The internals, tried on a context of SunJSSE.
   *
   * @throws ReflectiveOperationException if they are not what they were
   * @throws java.lang.reflect.InaccessibleObjectException if they are not open
   */
  static SunTicketKeys load(SSLContext sample) throws ReflectiveOperationException {
    SunTicketKeys internals = new SunTicketKeys(sample);
    internals.prove(sample.getServerSessionContext());
    return internals;
  }

  private void prove(SSLSessionContext sessions) throws ReflectiveOperationException {
    Key ours = new Key(7, new SecretKeySpec(new byte[32], "AES"));
    replace(
        sessions,
        new Source() {
          @Override
          public Key encrypting() {
            return ours;
          }

          @Override
          public Optional<Key> decrypting(int number) {
            return number == ours.number() ? Optional.of(ours) : Optional.empty();
          }
        });
    Object found = find.invoke(sessions, ours.number());
    if (found == null
        || secret.get(found) != ours.secret()
        || find.invoke(sessions, ours.number() + 1) != null) {
      throw new NoSuchFieldException("SunJSSE does not take its ticket keys from keyHashMap");
    }
  }

  /** From now on the servers of that context have their keys from the source. */
  void use(SSLContext context, Source source) {
    try {
      replace(context.getServerSessionContext(), source);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("SunJSSE takes no ticket keys any more", impossible);
    }
  }

  private void replace(SSLSessionContext sessions, Source source)
      throws ReflectiveOperationException {
    keys.set(sessions, new Asked(current.getInt(sessions), source));
  }

  private Object ofSun(Key key) {
    try {
      Object made = newKey.newInstance(handshake, key.number());
      secret.set(made, key.secret());
      expiry.setLong(made, NEVER);
      return made;
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException failed) {
      throw new IllegalStateException("SunJSSE takes no ticket keys any more", failed);
    }
  }

  /** In place of SunJSSE's map. Under one number SunJSSE looks for the key of new tickets. */
  private final class Asked extends AbstractMap<Integer, Object> {
    private final int current;
    private final Source source;

    Asked(int current, Source source) {
      this.current = current;
      this.source = source;
    }

    @Override
    public @Nullable Object get(Object number) {
      return number.equals(current)
          ? ofSun(source.encrypting())
          : source.decrypting((Integer) number).map(SunTicketKeys.this::ofSun).orElse(null);
    }

    @Override
    public Set<Entry<Integer, Object>> entrySet() {
      return Set.of();
    }
  }
}
