package io.tlsport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tlsport.Blame;
import io.tlsport.ErrorCode;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertCodesTest {
  static IntStream known() {
    return IntStream.range(0, 256).filter(n -> !AlertCodes.name(n).equals("unknown"));
  }

  @Test
  void knowsTheAlertsOfTheRfcs() {
    assertEquals(34, known().count());
  }

  @ParameterizedTest
  @MethodSource("known")
  void findsEachNumberByItsName(int number) {
    String name = AlertCodes.name(number);
    assertEquals(OptionalInt.of(number), AlertCodes.number(name));
    assertEquals(
        OptionalInt.of(number), AlertCodes.number(name.toUpperCase(java.util.Locale.ROOT)));
  }

  @ParameterizedTest
  @MethodSource("known")
  void blamesThePeerForWhatItSends(int number) {
    assertEquals(Blame.PEER, AlertCodes.code(number).blame());
  }

  @ParameterizedTest
  @CsvSource({
    "40, handshake_failure, ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
    "46, certificate_unknown, ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN",
    "48, unknown_ca, ERR_SSL_TLSV1_ALERT_UNKNOWN_CA",
    "70, protocol_version, ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
    "112, unrecognized_name, ERR_SSL_TLSV1_UNRECOGNIZED_NAME",
    "115, unknown_psk_identity, ERR_SSL_TLSV1_ALERT_UNKNOWN_PSK_IDENTITY",
    "116, certificate_required, ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
    "120, no_application_protocol, ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL"
  })
  void givesAnAlertTheCodeThatNodeShows(int number, String name, ErrorCode code) {
    assertEquals(name, AlertCodes.name(number));
    assertEquals(code, AlertCodes.code(number));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 255, 256, 90000})
  void callsOtherNumbersUnknown(int number) {
    assertEquals("unknown", AlertCodes.name(number));
    assertEquals(ErrorCode.ERR_SSL_PROTOCOL_ERROR, AlertCodes.code(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "handshake failure", "close_notify "})
  void hasNoNumberForOtherText(String name) {
    assertEquals(OptionalInt.empty(), AlertCodes.number(name));
  }

  @Test
  void namesTheAlertInTheSentenceOfAFault() {
    Fault fault = Fault.alert(48);
    assertEquals(ErrorCode.ERR_SSL_TLSV1_ALERT_UNKNOWN_CA, fault.code());
    assertEquals(OptionalInt.of(48), fault.alertReceived());
    assertEquals("the peer sent the alert unknown_ca (48)", fault.message());
    assertNotEquals(OptionalInt.of(48), Fault.of(ErrorCode.EIO, "x").alertReceived());
  }
}
