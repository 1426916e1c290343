package io.tlsport.provider.conscrypt;

import static io.tlsport.provider.conscrypt.ConscryptMembers.field;
import static io.tlsport.provider.conscrypt.ConscryptMembers.method;
import static io.tlsport.provider.conscrypt.ConscryptMembers.type;

import io.tlsport.ErrorCode;
import io.tlsport.ProviderException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import org.conscrypt.ClientSessionContext;

/**
 * What Conscrypt has, and does not show: the bytes of a client's sessions of TLS 1.3, which it
 * keeps in memory only, and the setter of what a server staples. All use of its internals is here;
 * they have to be as they were when this was written, or none is used.
 */
final class ConscryptInternals {
  private final Method find;
  private final Method remove;
  private final Method id;
  private final Method bytes;
  private final Class<?> wrapper;
  private final Field wrapped;
  private final Field parameters;
  private final Method setStaple;
  private final Method getStaple;

  /**
   * A session.
   *
   * @param id its identifier
   * @param data its bytes
   */
  // Never compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Made(byte[] id, byte[] data) {}

  private ConscryptInternals() throws ReflectiveOperationException {
    Class<?> session = type("NativeSslSession");
    find = method(ClientSessionContext.class, session, "getSession", String.class, int.class);
    remove =
        method(ClientSessionContext.class.getSuperclass(), void.class, "removeSession", session);
    id = method(session, byte[].class, "getId");
    bytes = method(session, byte[].class, "toBytes");
    Class<?> engine = type("ConscryptEngine");
    Class<?> ofEngine = type("SSLParametersImpl");
    wrapper = type("Java8EngineWrapper");
    wrapped = field(wrapper, "delegate", engine);
    parameters = field(engine, "sslParameters", ofEngine);
    setStaple = method(ofEngine, void.class, "setOCSPResponse", byte[].class);
    getStaple = method(ofEngine, byte[].class, "getOCSPResponse");
  }

  /** The internals, if they are as they have to be; tried on a context of the vendor. */
  static Optional<ConscryptInternals> load(SSLContext sample) {
    try {
      ConscryptInternals internals = new ConscryptInternals();
      internals.find.invoke(sample.getClientSessionContext(), "localhost", 1);
      return internals.staplesItsOwn(sample) ? Optional.of(internals) : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException changed) {
      return Optional.empty();
    }
  }

  /** Whether what one engine staples is its own. */
  private boolean staplesItsOwn(SSLContext sample) throws ReflectiveOperationException {
    byte[] response = {1};
    Object one = parametersOf(sample.createSSLEngine());
    Object other = parametersOf(sample.createSSLEngine());
    setStaple.invoke(one, response);
    return Arrays.equals(response, (byte[]) getStaple.invoke(one))
        && getStaple.invoke(other) == null;
  }

  private Object parametersOf(SSLEngine engine) throws IllegalAccessException {
    return parameters.get(wrapper.isInstance(engine) ? wrapped.get(engine) : engine);
  }

  /** What a server's engine staples; before its handshake begins. */
  void staple(SSLEngine engine, byte[] response) {
    try {
      setStaple.invoke(parametersOf(engine), response);
    } catch (IllegalAccessException | InvocationTargetException failed) {
      throw new ProviderException(
          ErrorCode.ERR_PROVIDER_FAILURE,
          "Conscrypt's internals take no OCSP response; switch internals off",
          failed);
    }
  }

  /** Takes all sessions of that place out of a client's cache. */
  List<Made> take(SSLSessionContext cache, String host, int port) {
    List<Made> taken = new ArrayList<>();
    try {
      for (Object session = find.invoke(cache, host, port);
          session != null;
          session = find.invoke(cache, host, port)) {
        byte[] data = (byte[]) bytes.invoke(session);
        if (data != null) {
          taken.add(new Made((byte[]) id.invoke(session), data));
        }
        remove.invoke(cache, session);
      }
      return taken;
    } catch (IllegalAccessException | InvocationTargetException failed) {
      throw new ProviderException(
          ErrorCode.ERR_PROVIDER_FAILURE,
          "Conscrypt's internals do not show a session; switch internals off",
          failed);
    }
  }
}
