package io.tlsport.spi;

import io.tlsport.ProtocolVersion;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a handshake decided.
 *
 * @param version the protocol version
 * @param suite the suite's IANA name
 * @param alpn the application protocol, if one was chosen
 * @param npn the next protocol, if one was chosen
 * @param peerChain as the peer sent it, leaf first; empty if it sent none; kept on resumption
 * @param localChain what we showed; empty if nothing
 * @param staple the DER response that the server stapled
 * @param group the key-exchange group, if the engine tells
 * @param psk a pre-shared key took the place of certificates; on resumption where the engine tells
 */
public record Negotiated(
    ProtocolVersion version,
    String suite,
    Optional<String> alpn,
    Optional<String> npn,
    List<X509Certificate> peerChain,
    List<X509Certificate> localChain,
    Optional<byte[]> staple,
    Optional<String> group,
    boolean psk) {
  /** Keeps copies of the chains. */
  public Negotiated {
    peerChain = List.copyOf(peerChain);
    localChain = List.copyOf(localChain);
  }

  /** The same with what the server stapled, where an engine tells it elsewhere. */
  public Negotiated withStaple(Optional<byte[]> response) {
    return new Negotiated(version, suite, alpn, npn, peerChain, localChain, response, group, psk);
  }
}
