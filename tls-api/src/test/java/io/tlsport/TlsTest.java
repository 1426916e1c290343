package io.tlsport;

import static io.tlsport.Codes.assertRefused;

import org.junit.jupiter.api.Test;

class TlsTest {
  /** The runtime is in another module, which is not on this one's class path. */
  @Test
  void saysWhichPartIsMissingWithoutARuntime() {
    assertRefused(ErrorCode.ERR_RUNTIME_MISSING, Tls::builder, "tlsport-core");
  }
}
