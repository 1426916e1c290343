package io.tlsport.core.policy.baseline;

import static io.tlsport.ProtocolVersion.TLS_1_0;
import static io.tlsport.ProtocolVersion.TLS_1_1;
import static io.tlsport.ProtocolVersion.TLS_1_2;
import static io.tlsport.ProtocolVersion.TLS_1_3;
import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.ErrorCode;
import io.tlsport.PostQuantum;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionSelectionTest {
  private static final SecurityPolicy POLICY = SecurityPolicies.byName("default").orElseThrow();

  private static List<ProtocolVersion> select(UnaryOperator<SecureContextOptions.Builder> set) {
    return VersionSelection.select(POLICY, set.apply(SecureContextOptions.builder()).build());
  }

  @Test
  void takesThePolicysVersionsWhereNothingIsSaid() {
    assertEquals(List.of(TLS_1_2, TLS_1_3), select(o -> o));
  }

  @Test
  void takesEveryVersionOfARangeOldestFirst() {
    assertEquals(List.of(TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3), select(o -> o.minVersion(TLS_1_0)));
    assertEquals(List.of(TLS_1_2), select(o -> o.maxVersion(TLS_1_2)));
    assertEquals(List.of(TLS_1_3), select(o -> o.minVersion(TLS_1_3)));
    assertEquals(List.of(TLS_1_1), select(o -> o.minVersion(TLS_1_1).maxVersion(TLS_1_1)));
  }

  @Test
  void allowsOldVersionsAtSecurityLevelZeroOnly() {
    VersionSelection.requireAllowed(List.of(TLS_1_0, TLS_1_1, TLS_1_2), 0);
    VersionSelection.requireAllowed(List.of(TLS_1_2, TLS_1_3), 5);
    assertRefused(
        ErrorCode.ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM,
        () -> VersionSelection.requireAllowed(List.of(TLS_1_1, TLS_1_2, TLS_1_3), 1),
        "TLSv1.1",
        "security level 1",
        "@SECLEVEL=0");
  }

  @Test
  void leavesOutWhatSecureOptionsTakeAway() {
    long noTls12 = 1L << 27;
    long noTls13 = 1L << 29;
    assertEquals(List.of(TLS_1_2), select(o -> o.secureOptions(noTls13)));
    assertEquals(List.of(TLS_1_3), select(o -> o.secureOptions(noTls12 | 1L << 22 | 1L << 25)));
    assertEquals(
        List.of(TLS_1_0, TLS_1_3),
        select(o -> o.minVersion(TLS_1_0).secureOptions(noTls12 | 1L << 28)));
    assertEquals(
        List.of(TLS_1_3), select(o -> o.secureProtocol("TLS_method").secureOptions(noTls12)));
    assertRefused(
        ErrorCode.ERR_TLS_INVALID_PROTOCOL_VERSION,
        () -> select(o -> o.secureOptions(noTls12 | noTls13)),
        "TLSv1.2",
        "secureOptions");
  }

  @Test
  void refusesBitsOfSecureOptionsThatMeanNothing() {
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> select(o -> o.secureOptions(1L << 14 | 1L << 29)),
        "0x4000 ");
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE, () -> select(o -> o.secureOptions(-1)), "secureOptions");
  }

  @Test
  void refusesAnEmptyRange() {
    assertRefused(
        ErrorCode.ERR_TLS_INVALID_PROTOCOL_VERSION,
        () -> select(o -> o.minVersion(TLS_1_3).maxVersion(TLS_1_2)),
        "TLSv1.3",
        "TLSv1.2");
    assertRefused(
        ErrorCode.ERR_TLS_INVALID_PROTOCOL_VERSION, () -> select(o -> o.maxVersion(TLS_1_1)));
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1_method, TLS_1_0",
    "TLSv1_1_method, TLS_1_1",
    "TLSv1_2_method, TLS_1_2",
    "TLSv1_2_server_method, TLS_1_2",
    "TLSv1_2_client_method, TLS_1_2"
  })
  void takesTheOneVersionOfAMethod(String method, ProtocolVersion version) {
    assertEquals(List.of(version), select(o -> o.secureProtocol(method)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TLS_method", "TLS_server_method", "SSLv23_method", "SSLv23_client_method"})
  void takesThePolicysVersionsForTheMethodsOfAll(String method) {
    assertEquals(List.of(TLS_1_2, TLS_1_3), select(o -> o.secureProtocol(method)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSLv2_method", "SSLv3_method", "SSLv3_server_method"})
  void refusesWhatIsBroken(String method) {
    assertRefused(
        ErrorCode.ERR_TLS_INVALID_PROTOCOL_METHOD,
        () -> select(o -> o.secureProtocol(method)),
        "broken",
        "TLS_method");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "TLSv1_2", "tlsv1_2_method", "TLSv1_3_method", "DTLS_method", "TLSv1.2"})
  void refusesUnknownMethods(String method) {
    assertRefused(
        ErrorCode.ERR_TLS_INVALID_PROTOCOL_METHOD,
        () -> select(o -> o.secureProtocol(method)),
        "\"" + method + "\"",
        "TLS_method");
  }

  @Test
  void takesTls13AloneWhereHybridGroupsAreRequired() {
    assertEquals(List.of(TLS_1_3), select(o -> o.postQuantum(PostQuantum.REQUIRE)));
    assertEquals(List.of(TLS_1_2, TLS_1_3), select(o -> o.postQuantum(PostQuantum.PREFER)));
    assertRefused(
        ErrorCode.ERR_TLS_PROTOCOL_VERSION_CONFLICT,
        () -> select(o -> o.postQuantum(PostQuantum.REQUIRE).maxVersion(TLS_1_2)));
  }

  @Test
  void refusesAMethodBesideARange() {
    assertRefused(
        ErrorCode.ERR_TLS_PROTOCOL_VERSION_CONFLICT,
        () -> select(o -> o.secureProtocol("TLS_method").minVersion(TLS_1_2)));
    assertRefused(
        ErrorCode.ERR_TLS_PROTOCOL_VERSION_CONFLICT,
        () -> select(o -> o.secureProtocol("TLS_method").maxVersion(TLS_1_2)));
  }
}
