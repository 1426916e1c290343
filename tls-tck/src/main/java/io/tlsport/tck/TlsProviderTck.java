package io.tlsport.tck;

import io.tlsport.tck.contract.AlpnContract;
import io.tlsport.tck.contract.BackpressureContract;
import io.tlsport.tck.contract.BeginningContract;
import io.tlsport.tck.contract.CertificateContract;
import io.tlsport.tck.contract.ChurnContract;
import io.tlsport.tck.contract.CipherContract;
import io.tlsport.tck.contract.ClientAuthContract;
import io.tlsport.tck.contract.CloseContract;
import io.tlsport.tck.contract.ConnectingContract;
import io.tlsport.tck.contract.EchoContract;
import io.tlsport.tck.contract.EphemeralKeyContract;
import io.tlsport.tck.contract.FipsContract;
import io.tlsport.tck.contract.FragmentContract;
import io.tlsport.tck.contract.HandshakeContract;
import io.tlsport.tck.contract.HostNameContract;
import io.tlsport.tck.contract.KeyExchangeContract;
import io.tlsport.tck.contract.KeyLogContract;
import io.tlsport.tck.contract.KeyingMaterialContract;
import io.tlsport.tck.contract.NpnContract;
import io.tlsport.tck.contract.OcspContract;
import io.tlsport.tck.contract.OldVersionContract;
import io.tlsport.tck.contract.PlaceContract;
import io.tlsport.tck.contract.ProtocolContract;
import io.tlsport.tck.contract.PskContract;
import io.tlsport.tck.contract.RefusalContract;
import io.tlsport.tck.contract.ReloadContract;
import io.tlsport.tck.contract.RenegotiationContract;
import io.tlsport.tck.contract.ResumedTrustContract;
import io.tlsport.tck.contract.SecurePairContract;
import io.tlsport.tck.contract.ServerContract;
import io.tlsport.tck.contract.SessionCacheContract;
import io.tlsport.tck.contract.SessionContract;
import io.tlsport.tck.contract.SessionStatisticsContract;
import io.tlsport.tck.contract.SharedHooksContract;
import io.tlsport.tck.contract.SharingContract;
import io.tlsport.tck.contract.SniContract;
import io.tlsport.tck.contract.SocketContract;
import io.tlsport.tck.contract.TimeoutContract;
import io.tlsport.tck.contract.TransportContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * The whole kit: extend it, name your factory, run it. A contract that is added later comes with
 * the dependency, without a change to your class. Each contract has its name as its tag, so that it
 * can be run alone.
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
  /** Versions, ciphers, certificates and events of a handshake. */
  @Nested
  @Tag("Handshake")
  class Handshake extends HandshakeContract {}

  /** What arrives is what was sent. */
  @Nested
  @Tag("Echo")
  class Echo extends EchoContract {}

  /** Nobody is sent more than he takes. */
  @Nested
  @Tag("Backpressure")
  class Backpressure extends BackpressureContract {}

  /** Nothing is lost at the end, and nothing stays. */
  @Nested
  @Tag("Close")
  class Close extends CloseContract {}

  /** What a client thinks of a server's certificate. */
  @Nested
  @Tag("Certificates")
  class Certificates extends CertificateContract {}

  /** What a server thinks of a client's certificate. */
  @Nested
  @Tag("ClientAuth")
  class ClientAuth extends ClientAuthContract {}

  /** Server names, and the certificates that are chosen by them. */
  @Nested
  @Tag("Sni")
  class Sni extends SniContract {}

  /** Names that clients send, the odd ones above all. */
  @Nested
  @Tag("HostNames")
  class HostNames extends HostNameContract {}

  /** The choice of an application protocol. */
  @Nested
  @Tag("Alpn")
  class Alpn extends AlpnContract {}

  /** The choice of an application protocol in the old way. */
  @Nested
  @Tag("Npn")
  class Npn extends NpnContract {}

  /** Keys in place of certificates. */
  @Nested
  @Tag("Psk")
  class Psk extends PskContract {}

  /** Secrets for those who ask loudly. */
  @Nested
  @Tag("KeyLog")
  class KeyLog extends KeyLogContract {}

  /** Nobody waits for ever. */
  @Nested
  @Tag("Timeouts")
  class Timeouts extends TimeoutContract {}

  /** Listening, counting, closing, and peers that speak no TLS. */
  @Nested
  @Tag("Servers")
  class Servers extends ServerContract {}

  /** Certificates and trust that are renewed meanwhile. */
  @Nested
  @Tag("Reload")
  class Reload extends ReloadContract {}

  /** What can be done before a handshake. */
  @Nested
  @Tag("Beginnings")
  class Beginnings extends BeginningContract {}

  /** How a client reaches its server. */
  @Nested
  @Tag("Connecting")
  class Connecting extends ConnectingContract {}

  /** What a socket offers beside its bytes. */
  @Nested
  @Tag("Sockets")
  class Sockets extends SocketContract {}

  /** TLS without a network of its own. */
  @Nested
  @Tag("SecurePairs")
  class SecurePairs extends SecurePairContract {}

  /** TLS over transports that exist already. */
  @Nested
  @Tag("Transports")
  class Transports extends TransportContract {}

  /** Where servers listen and clients connect. */
  @Nested
  @Tag("Places")
  class Places extends PlaceContract {}

  /** Sockets over other transports that are answered by a server's hooks. */
  @Nested
  @Tag("SharedHooks")
  class SharedHooks extends SharedHooksContract {}

  /** What a provider has not is refused. */
  @Nested
  @Tag("Refusals")
  class Refusals extends RefusalContract {}

  /** Sessions that clients resume, and what servers keep of them. */
  @Nested
  @Tag("Sessions")
  class Sessions extends SessionContract {}

  /** What is checked again when a session is resumed. */
  @Nested
  @Tag("ResumedTrust")
  class ResumedTrust extends ResumedTrustContract {}

  /** Sessions that a client's connections have in common. */
  @Nested
  @Tag("SessionCaches")
  class SessionCaches extends SessionCacheContract {}

  /** What is counted of sessions. */
  @Nested
  @Tag("SessionStatistics")
  class SessionStatistics extends SessionStatisticsContract {}

  /** Sessions that servers have in common. */
  @Nested
  @Tag("Sharing")
  class Sharing extends SharingContract {}

  /** Which cipher suite two sides agree on. */
  @Nested
  @Tag("Ciphers")
  class Ciphers extends CipherContract {}

  /** Which protocol versions are enabled. */
  @Nested
  @Tag("Protocols")
  class Protocols extends ProtocolContract {}

  /** Versions before TLS 1.2. */
  @Nested
  @Tag("OldVersions")
  class OldVersions extends OldVersionContract {}

  /** How keys are exchanged and handshakes signed. */
  @Nested
  @Tag("KeyExchange")
  class KeyExchange extends KeyExchangeContract {}

  /** What FIPS approves. */
  @Nested
  @Tag("Fips")
  class Fips extends FipsContract {}

  /** How much a record carries. */
  @Nested
  @Tag("Fragments")
  class Fragments extends FragmentContract {}

  /** Keys that are exchanged are used once. */
  @Nested
  @Tag("EphemeralKeys")
  class EphemeralKeys extends EphemeralKeyContract {}

  /** What a connection tells of its keys. */
  @Nested
  @Tag("KeyingMaterials")
  class KeyingMaterials extends KeyingMaterialContract {}

  /** The status of a server's certificate. */
  @Nested
  @Tag("Ocsp")
  class Ocsp extends OcspContract {}

  /** New handshakes on a connection that is open. */
  @Nested
  @Tag("Renegotiations")
  class Renegotiations extends RenegotiationContract {}

  /** Peers come and go, and nothing of them stays. */
  @Nested
  @Tag("Churn")
  class Churn extends ChurnContract {}
}
