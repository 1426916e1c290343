package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every provider with every other, by version, key and feature; and that lies are seen. */
@Timeout(300)
class PairMatrixTest {
  private static List<PairCell> run(List<ProviderStatus> providers, Predicate<PairTrial> chosen)
      throws InterruptedException {
    try (PairMatrix matrix = new PairMatrix(providers, InstantSource.system(), false, false)) {
      return matrix.run(chosen, cell -> {});
    }
  }

  private static Stream<PairCell> failed(List<PairCell> cells) {
    return cells.stream().filter(cell -> cell.verdict() == Verdict.FAILED);
  }

  @Test
  void everyCellWorksOrIsRefusedForWhatASideLacks() throws Exception {
    List<ProviderStatus> providers = ProviderStatus.all(false, false);
    List<PairCell> cells = run(providers, trial -> true);
    int ofPair = 2 * PairKey.values().length * PairFeature.values().length;
    assertEquals(providers.size() * providers.size() * ofPair, cells.size());
    assertEquals(cells.size(), Set.copyOf(cells.stream().map(PairCell::name).toList()).size());
    assertEquals(List.of(), failed(cells).toList());
    for (PairCell cell : cells) {
      assertEquals(cell.verdict() == Verdict.OK, cell.reason().isEmpty(), cell::toString);
    }
    // What every provider has: nobody gets away with refusing it.
    List<String> common = List.of("rsa", "ec", "ecP384");
    List<String> plain = List.of("echo", "alpn", "sni", "clientCertificate", "fragment");
    assertEquals(
        List.of(),
        cells.stream()
            .filter(cell -> common.contains(cell.key()) && plain.contains(cell.feature()))
            .filter(cell -> cell.verdict() != Verdict.OK)
            .toList());
  }

  /** The provider that has most, with another word for one capability. */
  private static ProviderStatus telling(Capability capability, Support lie) {
    ProviderStatus truth =
        ProviderStatus.all(false, false).stream()
            .filter(status -> status.info().name().equals("bctls"))
            .findFirst()
            .orElseThrow();
    Capabilities.Builder table = Capabilities.builder();
    for (Capability each : Capability.values()) {
      table.put(each, each == capability ? lie : truth.capabilities().of(each));
    }
    return new ProviderStatus(truth.info(), Optional.empty(), truth.fips(), table.build());
  }

  private static PairCell only(
      ProviderStatus provider, PairFeature feature, ProtocolVersion version)
      throws InterruptedException {
    List<PairCell> cells =
        run(
            List.of(provider),
            trial ->
                trial.feature() == feature
                    && trial.version() == version
                    && trial.key() == PairKey.EC);
    assertEquals(1, cells.size());
    return cells.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "ALPN, ALPN",
    "SNI, SNI",
    "CLIENT_CERTIFICATES, CLIENT_CERTIFICATE",
    "SESSION_RESUMPTION, RESUMPTION",
    "OCSP_REQUEST, STAPLE",
    "RENEGOTIATION, RENEGOTIATION",
    "MAX_SEND_FRAGMENT, FRAGMENT",
    "KEYING_MATERIAL, KEYING_MATERIAL"
  })
  void whatWorksAlthoughItIsDeclaredNotToIsAFailure(Capability capability, PairFeature feature)
      throws Exception {
    PairCell cell =
        only(telling(capability, Support.no("a lie")), feature, ProtocolVersion.TLS_1_2);
    assertEquals(Verdict.FAILED, cell.verdict(), cell::toString);
    assertEquals("it works, but bctls: a lie", cell.reason());
  }

  @ParameterizedTest
  @CsvSource({"SESSION_RESUMPTION, RESUMPTION", "RENEGOTIATION, RENEGOTIATION"})
  void whatDoesNotWorkAlthoughItIsDeclaredIsAFailure(Capability capability, PairFeature feature)
      throws Exception {
    PairCell cell = only(telling(capability, Support.yes()), feature, ProtocolVersion.TLS_1_3);
    assertEquals(Verdict.FAILED, cell.verdict(), cell::toString);
    assertTrue(!cell.reason().isEmpty(), cell::toString);
  }
}
