package io.tlsport.provider.jdk;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Permits no other groups and signature schemes than those. SunJSSE asks by their IANA names.
 *
 * @param groups empty: all of them
 * @param schemes empty: all of them
 */
record OnlyAlgorithms(List<String> groups, List<String> schemes) implements AlgorithmConstraints {
  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
    String name = algorithm.toLowerCase(Locale.ROOT);
    if (primitives.contains(CryptoPrimitive.KEY_AGREEMENT)) {
      return permits(groups, JdkGroups.ON_JAVA_17, name);
    }
    return !primitives.contains(CryptoPrimitive.SIGNATURE)
        || permits(schemes, JdkSchemes.ALL, name);
  }

  private static boolean permits(List<String> wanted, List<String> known, String name) {
    return wanted.isEmpty()
        || !known.contains(name)
        || wanted.stream().anyMatch(name::equalsIgnoreCase);
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
