package io.tlsport.core.credentials;

import static io.tlsport.core.fixtures.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemReaderTest {
  @Test
  void keepsTheHeadersOfABlock() {
    PemBlock block =
        PemReader.read(
                "key",
                Pem.of(
                    "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES, 00\n\nAAAA\n"
                        + "-----END A-----"))
            .get(0);
    assertEquals(Map.of("Proc-Type", "4,ENCRYPTED", "DEK-Info", "AES, 00"), block.headers());
    assertEquals(3, block.content().length);
  }

  @ParameterizedTest
  @CsvSource({
    "AAAA, no END line",
    "AAAA|-----END B-----, ends with -----END B-----",
    "AAAA|-----END A, ends with -----END A",
    "A|-----END A-----, no base64",
    "AA!A|-----END A-----, no base64",
    "AA AA|-----END A-----, no base64"
  })
  void saysWhichBlockIsDamagedAndHow(String rest, String how) {
    assertRefused(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA,
        () -> PemReader.read("cert", Pem.of("-----BEGIN A-----\n" + rest.replace('|', '\n'))),
        "cert (text)",
        "the block A",
        how);
  }
}
