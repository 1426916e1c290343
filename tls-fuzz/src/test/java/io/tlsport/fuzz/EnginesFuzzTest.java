package io.tlsport.fuzz;

import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each provider's engine behind the driver, by the branches of both; native code has none. */
@Timeout(7200)
class EnginesFuzzTest {
  private static final int SECONDS = 5;

  private static final String INSTRUMENTED =
      String.join(
          ":",
          "io.tlsport.**",
          "sun.security.ssl.**",
          "org.conscrypt.**",
          "org.bouncycastle.tls.**",
          "org.bouncycastle.jsse.**");

  static List<String> providers() {
    return Targets.PROVIDERS;
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anyBytesOfAPeerAreSurvived(String provider) {
    FuzzRun.of(Targets.engines(provider), SECONDS, INSTRUMENTED);
  }
}
