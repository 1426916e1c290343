package io.tlsport.provider.jdk;

import io.tlsport.spi.jsse.ForwardingEngine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** SunJSSE's engine, used and spoilt by some flaws. */
final class FlawedSslEngine extends ForwardingEngine {
  private final Set<Flaw> flaws;

  FlawedSslEngine(SSLEngine real, Set<Flaw> flaws) {
    super(real);
    this.flaws = flaws;
    SSLParameters parameters = real.getSSLParameters();
    if (flaws.contains(Flaw.FORGETS_THE_NAME) && real.getUseClientMode()) {
      parameters.setServerNames(List.of());
      real.setSSLParameters(parameters);
    }
    if (flaws.contains(Flaw.HAS_SUITES_OF_ITS_OWN)) {
      real.setEnabledCipherSuites(real.getSupportedCipherSuites());
    }
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] out, int offset, int length)
      throws SSLException {
    SSLEngineResult result = super.unwrap(from, out, offset, length);
    if (flaws.contains(Flaw.CHANGES_A_BYTE) && result.bytesProduced() > 0) {
      for (int i = offset; i < offset + length; i++) {
        int last = out[i].position() - 1;
        if (last >= 0) {
          out[i].put(last, (byte) ~out[i].get(last));
        }
      }
    }
    return result;
  }
}
