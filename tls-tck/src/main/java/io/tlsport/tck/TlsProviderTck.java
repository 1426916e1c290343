package io.tlsport.tck;

import io.tlsport.tck.contract.ChurnContract;
import io.tlsport.tck.contract.CloseContract;
import io.tlsport.tck.contract.EchoContract;
import io.tlsport.tck.contract.HandshakeContract;
import org.junit.jupiter.api.Nested;

/**
 * The whole kit: extend it, name your factory, run it. A contract that is added later comes with
 * the dependency, without a change to your class.
 *
 * <pre>{@code
 * class AcmeTckTest extends TlsProviderTck {
 *   @Override
 *   public TlsProviderFactory factory() {
 *     return new AcmeProviderFactory();
 *   }
 * }
 * }</pre>
 */
public abstract class TlsProviderTck implements ProviderUnderTest {
  /** Versions, ciphers, certificates and names that both sides agree on. */
  @Nested
  class Handshake extends HandshakeContract {}

  /** Data arrives as it was sent. */
  @Nested
  class Echo extends EchoContract {}

  /** Nothing is lost at the end, and nothing stays. */
  @Nested
  class Close extends CloseContract {}

  /** Peers come and go, and nothing of them stays. */
  @Nested
  class Churn extends ChurnContract {}
}
