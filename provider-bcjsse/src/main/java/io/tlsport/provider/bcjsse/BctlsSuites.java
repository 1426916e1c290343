package io.tlsport.provider.bcjsse;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;

/** Cipher suites by the names of IANA: Bouncy Castle's constants are called so. */
final class BctlsSuites {
  private static final Map<String, Integer> CODES = codes();
  private static final Map<Integer, String> NAMES =
      CODES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  /** Of these we have the credentials; TLS 1.3 counts as none. */
  private static final Set<Integer> KEY_EXCHANGES =
      Set.of(
          KeyExchangeAlgorithm.NULL,
          KeyExchangeAlgorithm.RSA,
          KeyExchangeAlgorithm.DHE_RSA,
          KeyExchangeAlgorithm.ECDHE_RSA,
          KeyExchangeAlgorithm.ECDHE_ECDSA);

  private BctlsSuites() {}

  private static Map<String, Integer> codes() {
    Map<String, Integer> codes = new HashMap<>();
    for (Field field : CipherSuite.class.getFields()) {
      if (field.getType() == int.class
          && Modifier.isStatic(field.getModifiers())
          && field.getName().startsWith("TLS_")
          && !field.getName().endsWith("_SCSV")) {
        try {
          codes.put(field.getName(), field.getInt(null));
        } catch (IllegalAccessException notPublic) {
          throw new IllegalStateException(notPublic);
        }
      }
    }
    return Map.copyOf(codes);
  }

  static int[] codes(List<String> names) {
    return names.stream().mapToInt(BctlsSuites::code).toArray();
  }

  private static int code(String name) {
    Integer code = CODES.get(name);
    if (code == null) {
      throw new IllegalArgumentException("no such suite: " + name);
    }
    return code;
  }

  static String name(int code) {
    return NAMES.getOrDefault(code, "unknown");
  }

  /** Those that this cryptography can run with pre-shared keys. */
  static List<String> preShared(TlsCrypto crypto) {
    return CODES.entrySet().stream()
        .filter(
            suite ->
                BctlsPreSharedKeys.has(TlsUtils.getKeyExchangeAlgorithm(suite.getValue()))
                    && TlsUtils.isSupportedCipherSuite(crypto, suite.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** One of them is of TLS 1.3 and of SHA-256, as our keys are. */
  static boolean anyForExternalKeys(int[] suites) {
    return Arrays.stream(suites)
        .anyMatch(
            suite ->
                TlsUtils.getKeyExchangeAlgorithm(suite) == KeyExchangeAlgorithm.NULL
                    && name(suite).endsWith("_SHA256"));
  }

  /** Those of the candidates that this cryptography and our credentials can run. */
  static List<String> supported(TlsCrypto crypto, List<String> candidates) {
    return candidates.stream()
        .filter(CODES::containsKey)
        .filter(
            name ->
                KEY_EXCHANGES.contains(TlsUtils.getKeyExchangeAlgorithm(code(name)))
                    && TlsUtils.isSupportedCipherSuite(crypto, code(name)))
        .toList();
  }
}
