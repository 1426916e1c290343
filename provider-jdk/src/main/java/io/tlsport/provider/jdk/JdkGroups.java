package io.tlsport.provider.jdk;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Groups per engine. Java 20 and newer have a method for it; before, constraints that permit no
 * other group do the same.
 */
final class JdkGroups {
  private static final List<String> ON_JAVA_17 =
      List.of(
          "x25519",
          "secp256r1",
          "secp384r1",
          "secp521r1",
          "x448",
          "ffdhe2048",
          "ffdhe3072",
          "ffdhe4096",
          "ffdhe6144",
          "ffdhe8192");

  private JdkGroups() {}

  static List<String> names(SSLParameters defaults) {
    Optional<Method> getter = method("getNamedGroups");
    if (getter.isEmpty()) {
      return ON_JAVA_17;
    }
    String[] names = (String[]) call(getter.get(), defaults);
    return names == null ? ON_JAVA_17 : Arrays.asList(names);
  }

  static void set(SSLParameters parameters, List<String> groups) {
    Optional<Method> setter = method("setNamedGroups", String[].class);
    if (setter.isPresent()) {
      call(setter.get(), parameters, (Object) groups.toArray(new String[0]));
    } else {
      parameters.setAlgorithmConstraints(new OnlyGroups(groups));
    }
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

  /**
   * Permits no key agreement over another group.
   *
   * @param groups by their IANA names
   */
  private record OnlyGroups(List<String> groups) implements AlgorithmConstraints {
    @Override
    public boolean permits(
        Set<CryptoPrimitive> primitives,
        String algorithm,
        @Nullable AlgorithmParameters parameters) {
      return !primitives.contains(CryptoPrimitive.KEY_AGREEMENT)
          || !ON_JAVA_17.contains(algorithm.toLowerCase(Locale.ROOT))
          || groups.stream().anyMatch(algorithm::equalsIgnoreCase);
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
      return true;
    }

    @Override
    public boolean permits(
        Set<CryptoPrimitive> primitives,
        String algorithm,
        Key key,
        @Nullable AlgorithmParameters parameters) {
      return true;
    }
  }
}
