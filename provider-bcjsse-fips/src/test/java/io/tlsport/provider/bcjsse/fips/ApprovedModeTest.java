package io.tlsport.provider.bcjsse.fips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.FipsStatus;
import io.tlsport.Tls;
import io.tlsport.provider.bcjsse.BcjsseProviderFactory;
import io.tlsport.provider.bcjsse.BctlsProviderFactory;
import io.tlsport.spi.ProviderConfig;
import io.tlsport.spi.TlsProvider;
import io.tlsport.spi.TlsProviderFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where approved mode holds, and where it does not. */
class ApprovedModeTest {
  /** In a JVM of its own, which was not started in approved mode. */
  private static String said(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OneThreadProgram.class.getName()));
    command.addAll(List.of(arguments));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, child.onExit().join().exitValue(), said);
    return said;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bcjsse", "bctls"})
  void ofThisThreadAloneIsNotEnough(String provider) throws IOException {
    String said = said(provider, "approved");
    assertTrue(said.startsWith("ERR_CRYPTO_FIPS_UNAVAILABLE "), said);
    assertTrue(said.contains("event loops: this thread: NOT in approved mode"), said);
    assertTrue(said.contains("-Dorg.bouncycastle.fips.approved_only=true"), said);
  }

  @Test
  void thatIsOffIsNamedOnce() throws IOException {
    String said = said("bctls");
    assertTrue(said.startsWith("ERR_CRYPTO_FIPS_UNAVAILABLE "), said);
    assertTrue(said.contains("this thread: NOT in approved mode"), said);
    assertFalse(said.contains("event loops"), said);
  }

  @Test
  void ofTheJvmHoldsForTheHandshakeExecutorToo() {
    try (Tls tls =
        Tls.builder().provider("bctls").requireFips().handshakeExecutor(Runnable::run).build()) {
      FipsStatus status = tls.fipsStatus();
      assertTrue(status.approved(), status::refusal);
      List<String> parts = status.parts().stream().map(FipsStatus.Part::sentence).toList();
      assertTrue(parts.contains("event loops: as this thread"), parts::toString);
      assertTrue(parts.contains("handshakeExecutor: as this thread"), parts::toString);
      assertTrue(parts.contains("BCFIPS " + tls.provider().version() + ": ready"), parts::toString);
      assertTrue(parts.contains("this thread: approved mode only"), parts::toString);
      assertTrue(parts.contains("engine: approved suites only"), parts::toString);
      assertTrue(parts.contains("randomness: DEFAULT of the module"), parts::toString);
      assertTrue(parts.toString().contains("policy fips: approved versions"), parts::toString);
    }
  }

  @Test
  void versionIsThatOfTheRelease() {
    try (Tls tls = Tls.builder().provider("bcjsse").requireFips().build()) {
      assertTrue(tls.provider().version().matches("2\\.\\d+\\.\\d+"), tls.provider()::toString);
    }
  }

  /** Numbers of anybody else are not approved, however good. */
  @ParameterizedTest
  @ValueSource(strings = {"bcjsse", "bctls"})
  void randomnessThatIsNotOfTheModuleIsNamed(String name) {
    TlsProviderFactory real =
        name.equals("bctls") ? new BctlsProviderFactory() : new BcjsseProviderFactory();
    TlsProviderFactory withOwn =
        new TlsProviderFactory() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public TlsProvider create(ProviderConfig config) {
            return real.create(new OwnRandom(config));
          }
        };
    ConfigurationException refused =
        assertThrows(
            ConfigurationException.class,
            () -> Tls.builder().provider(withOwn).requireFips().build());
    assertEquals(ErrorCode.ERR_CRYPTO_FIPS_UNAVAILABLE, refused.code());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("randomness: NOT of the module"), message);
  }

  /** A configuration with a source of its own. */
  private record OwnRandom(ProviderConfig config) implements ProviderConfig {
    @Override
    public boolean internals() {
      return config.internals();
    }

    @Override
    public boolean fips() {
      return config.fips();
    }

    @Override
    public Optional<String> accelerator() {
      return config.accelerator();
    }

    @Override
    public Optional<SecureRandom> random() {
      return Optional.of(new SecureRandom());
    }

    @Override
    public <T> T withSystemProperties(Map<String, String> values, Supplier<T> body) {
      return config.withSystemProperties(values, body);
    }
  }
}
