package io.tlsport.provider.jdk;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The curves of NIST that every accelerator has, as the JDK describes them. */
final class Curves {
  private static final Map<String, ECParameterSpec> KNOWN = new HashMap<>();

  static {
    try {
      for (String name : new String[] {"secp256r1", "secp384r1", "secp521r1"}) {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(name));
        KNOWN.put(name, parameters.getParameterSpec(ECParameterSpec.class));
      }
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a JDK without the curves of NIST", impossible);
    }
  }

  private Curves() {}

  /** The curve of a name that {@link #name} gave. */
  static ECParameterSpec of(String name) {
    return Objects.requireNonNull(KNOWN.get(name), name);
  }

  /** The name of what a key pair is to be made on; empty if it is another curve. */
  static Optional<String> name(AlgorithmParameterSpec spec) {
    if (spec instanceof ECGenParameterSpec named) {
      return Optional.of(named.getName()).filter(KNOWN::containsKey);
    }
    return spec instanceof ECParameterSpec described
        ? KNOWN.entrySet().stream()
            .filter(known -> isSame(known.getValue(), described))
            .map(Map.Entry::getKey)
            .findFirst()
        : Optional.empty();
  }

  static boolean isKnown(@Nullable ECParameterSpec curve) {
    return curve != null && name(curve).isPresent();
  }

  private static boolean isSame(ECParameterSpec one, ECParameterSpec other) {
    return one.getOrder().equals(other.getOrder())
        && one.getCurve().equals(other.getCurve())
        && one.getGenerator().equals(other.getGenerator())
        && one.getCofactor() == other.getCofactor();
  }
}
