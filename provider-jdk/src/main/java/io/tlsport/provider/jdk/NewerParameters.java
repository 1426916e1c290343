package io.tlsport.provider.jdk;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** What {@link SSLParameters} has since Java 19 and 20, called by name. */
final class NewerParameters {
  private static final Optional<Method> GET_GROUPS = method("getNamedGroups");
  private static final Optional<Method> SET_GROUPS = method("setNamedGroups", String[].class);
  private static final Optional<Method> SET_SCHEMES = method("setSignatureSchemes", String[].class);

  private NewerParameters() {}

  /** The groups; empty if this JVM does not tell. */
  static Optional<List<String>> namedGroups(SSLParameters parameters) {
    return GET_GROUPS
        .map(getter -> (String[]) call(getter, parameters))
        .map(names -> List.of(names));
  }

  /** Sets groups; false if this JVM has no method for it. */
  static boolean setNamedGroups(SSLParameters parameters, List<String> groups) {
    return set(SET_GROUPS, parameters, groups);
  }

  /** Sets signature schemes; false if this JVM has no method for it. */
  static boolean setSignatureSchemes(SSLParameters parameters, List<String> schemes) {
    return set(SET_SCHEMES, parameters, schemes);
  }

  private static boolean set(
      Optional<Method> setter, SSLParameters parameters, List<String> names) {
    setter.ifPresent(method -> call(method, parameters, (Object) names.toArray(new String[0])));
    return setter.isPresent();
  }

  private static Optional<Method> method(String name, Class<?>... types) {
    return Arrays.stream(SSLParameters.class.getMethods())
        .filter(method -> method.getName().equals(name))
        .filter(method -> Arrays.equals(method.getParameterTypes(), types))
        .findFirst();
  }

  private static @Nullable Object call(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException("a public method of the JDK failed", impossible);
    }
  }
}
