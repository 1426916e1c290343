package io.tlsport.core.credentials;

import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.core.policy.der.DerWriter;
import io.tlsport.core.policy.group.DhParameters;
import io.tlsport.core.policy.group.NamedGroup;
import java.math.BigInteger;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class DhParameterReaderTest {
  private static final DhParameters GROUP = DhParameters.of(NamedGroup.FFDHE3072);

  private static Pem pem(String label, byte[]... integers) {
    String content =
        Base64.getMimeEncoder().encodeToString(DerWriter.value(DerReader.SEQUENCE, integers));
    return Pem.of("-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----\n");
  }

  private static byte[] integer(BigInteger value) {
    return DerWriter.value(DerReader.INTEGER, value.toByteArray());
  }

  private static Pem parameters(BigInteger prime) {
    return pem("DH PARAMETERS", integer(prime), integer(BigInteger.TWO));
  }

  @Test
  void readsParametersWhateverStandsAround() {
    Pem noise = Pem.of("a comment\n" + text(parameters(GROUP.prime())) + "another\n");
    assertEquals(GROUP, DhParameterReader.read(noise));
  }

  private static String text(Pem pem) {
    return new String(pem.bytes(), java.nio.charset.StandardCharsets.US_ASCII);
  }

  @Test
  void refusesATextWithoutParameters() {
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_NO_START_LINE,
        () -> DhParameterReader.read(Pem.of("parameters")),
        "dhparam",
        "openssl dhparam");
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_NO_START_LINE,
        () -> DhParameterReader.read(pem("CERTIFICATE", integer(BigInteger.TWO))),
        "DH PARAMETERS");
  }

  @Test
  void refusesABlockThatIsMalformed() {
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA,
        () -> DhParameterReader.read(pem("DH PARAMETERS", integer(BigInteger.TWO))),
        "malformed");
  }

  @Test
  void refusesParametersThatNobodyShouldUse() {
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> DhParameterReader.read(parameters(BigInteger.ONE.shiftLeft(1023))),
        "1024 bits");
    assertRefused(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        () -> DhParameterReader.read(parameters(GROUP.prime().add(BigInteger.TWO))),
        "no safe prime");
  }
}
