package io.tlsport.core.policy.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.core.policy.cipher.CipherSuite;
import io.tlsport.core.policy.cipher.CipherTable;
import io.tlsport.core.policy.cipher.SuiteOrder;
import io.tlsport.spi.Offer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is left of options on an engine: never more than it has, never nothing. */
class SelectionProperties {
  private static final List<CipherSuite> TABLE = CipherTable.get().suites();
  private static final SecurityPolicy POLICY = SecurityPolicies.byName("default").orElseThrow();

  @Property(tries = 200)
  void versionsAreARangeOrARefusal(
      @ForAll Optional<ProtocolVersion> min, @ForAll Optional<ProtocolVersion> max) {
    SecureContextOptions.Builder options = SecureContextOptions.builder();
    min.ifPresent(options::minVersion);
    max.ifPresent(options::maxVersion);
    ProtocolVersion from = min.orElse(POLICY.minVersion());
    ProtocolVersion to = max.orElse(POLICY.maxVersion());
    try {
      List<ProtocolVersion> versions = VersionSelection.select(POLICY, options.build());
      assertEquals(from, versions.get(0));
      assertEquals(to, versions.get(versions.size() - 1));
      assertEquals(List.copyOf(EnumSet.range(from, to)), versions);
    } catch (ConfigurationException refused) {
      assertEquals(ErrorCode.ERR_TLS_INVALID_PROTOCOL_VERSION, refused.code());
      assertTrue(from.compareTo(to) > 0);
    }
  }

  @Provide
  Arbitrary<List<String>> offered() {
    return Arbitraries.of(TABLE)
        .map(CipherSuite::standardName)
        .list()
        .ofMaxSize(30)
        .uniqueElements();
  }

  @Provide
  Arbitrary<String> list() {
    return Arbitraries.of(
        "ALL", "HIGH", "ECDHE+AESGCM", "kRSA:AES", "AES128-SHA", "TLS_AES_128_GCM_SHA256", "PSK");
  }

  @Property(tries = 400)
  void suitesAreOfTheEngineAndOfTheVersions(
      @ForAll("list") String list,
      @ForAll("offered") List<String> offered,
      @ForAll @Size(min = 1) Set<ProtocolVersion> versions) {
    Offer offer = new Offer(List.of(), offered, List.of(), List.of());
    try {
      List<String> suites =
          SuiteSelection.select(POLICY, Optional.of(list), offer, List.copyOf(versions), true);
      assertTrue(new HashSet<>(offered).containsAll(suites));
      assertEquals(suites.size(), new HashSet<>(suites).size());
      assertTrue(!suites.isEmpty());
      for (String name : suites) {
        boolean modern = CipherTable.get().byStandardName(name).orElseThrow().isTls13();
        assertTrue(
            versions.stream().anyMatch(version -> modern == (version == ProtocolVersion.TLS_1_3)));
      }
    } catch (ConfigurationException refused) {
      assertEquals(ErrorCode.ERR_SSL_NO_CIPHER_MATCH, refused.code());
    }
  }

  @Provide
  Arbitrary<List<Integer>> codes() {
    return Arbitraries.oneOf(
            Arbitraries.of(TABLE).map(CipherSuite::code), Arbitraries.integers().between(0, 0xffff))
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 300)
  void theOneWhoDecidesSetsTheOrderOfWhatBothHave(
      @ForAll("offered") List<String> ours,
      @ForAll("codes") List<Integer> theirs,
      @ForAll ProtocolVersion version,
      @ForAll boolean ourOrder) {
    List<String> expected = new ArrayList<>();
    if (ourOrder) {
      ours.stream().filter(name -> theirs.contains(code(name))).forEach(expected::add);
    } else {
      theirs.stream()
          .flatMap(code -> ours.stream().filter(name -> code(name) == code))
          .distinct()
          .forEach(expected::add);
    }
    expected.removeIf(name -> !suite(name).worksWith(version));
    assertEquals(expected, SuiteOrder.shared(ours, theirs, version, ourOrder));
  }

  private static int code(String name) {
    return suite(name).code();
  }

  private static CipherSuite suite(String name) {
    return CipherTable.get().byStandardName(name).orElseThrow();
  }

  /** A client may name a suite thirty thousand times. */
  @Property(tries = 20)
  void repetitionCostsNothing(@ForAll @IntRange(min = 1, max = 0x7fff) int times) {
    List<Integer> offered = java.util.Collections.nCopies(times, 0x1301);
    assertEquals(
        List.of("TLS_AES_128_GCM_SHA256"),
        SuiteOrder.shared(
            List.of("TLS_AES_128_GCM_SHA256"), offered, ProtocolVersion.TLS_1_3, false));
  }
}
