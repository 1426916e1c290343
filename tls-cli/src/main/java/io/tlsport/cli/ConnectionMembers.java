package io.tlsport.cli;

import io.tlsport.AuthorizationError;
import io.tlsport.CipherInfo;
import io.tlsport.DistinguishedName;
import io.tlsport.HandshakeException;
import io.tlsport.PeerCertificate;
import io.tlsport.ProtocolVersion;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The properties of a connection as members of events, in the seed's shapes. */
final class ConnectionMembers {
  private ConnectionMembers() {}

  /** The peer's verdict and certificate. */
  static Members verdict(TLSSocket socket) {
    return Members.of("authorized", socket.authorized())
        .with(
            "authorizationError",
            socket.authorizationError().map(AuthorizationError::toString).orElse(null));
  }

  /** What was negotiated: a name, or false where nothing was, as the seed has it. */
  static Members protocols(TLSSocket socket) {
    return Members.of("npnProtocol", orFalse(socket.npnProtocol()))
        .with("alpnProtocol", orFalse(socket.alpnProtocol()));
  }

  /** Cipher, version, resumption and the peer's certificate. */
  static Members security(TLSSocket socket) {
    return Members.of("cipher", socket.cipher().map(ConnectionMembers::cipher).orElse(null))
        .with("protocol", socket.protocol().map(ProtocolVersion::id).orElse(null))
        .with("sessionReused", socket.sessionReused())
        .with("peerCertificate", certificate(socket.peerCertificate()));
  }

  /** What a renegotiation may have changed. */
  static Members renegotiated(TLSSocket socket) {
    return verdict(socket).with("peerCertificate", certificate(socket.peerCertificate()));
  }

  /** The peer's end of the connection. */
  static Members remote(TLSSocket socket) {
    return Members.of("remoteAddress", socket.remoteAddress().orElse(null))
        .with("remotePort", socket.remote().isPresent() ? socket.remotePort() : null);
  }

  /** Code and sentence of a failure; where a certificate was refused, that too. */
  static Members failure(TlsException failure) {
    Members members =
        Members.of("code", failure.code().code()).with("message", failure.getMessage());
    if (failure instanceof HandshakeException refusal) {
      if (refusal.peerCertificate().isPresent()) {
        members.with("peerCertificate", certificate(refusal.peerCertificate()));
      }
      refusal.facts().hint().ifPresent(hint -> members.with("hint", hint));
    }
    return members;
  }

  /** The value, or false: the seed's properties have no null. */
  static Object orFalse(Optional<String> value) {
    return value.<Object>map(text -> text).orElse(false);
  }

  /** The server's key for this connection, in Node's shape; empty if there is none. */
  static Members ephemeralKey(TLSSocket socket) {
    Members members = Members.none();
    socket
        .ephemeralKeyInfo()
        .ifPresent(
            key ->
                members
                    .with("type", key.type().name())
                    .with("name", key.name().orElse(null))
                    .with("size", key.size()));
    return members;
  }

  private static Members cipher(CipherInfo cipher) {
    return Members.of("name", cipher.name())
        .with("standardName", cipher.standardName())
        .with("version", cipher.version());
  }

  /** A certificate in the seed's shape; empty if there is none. */
  static Members certificate(Optional<PeerCertificate> certificate) {
    Members members = Members.none();
    certificate.ifPresent(
        shown ->
            members
                .with("subject", name(shown.subject()))
                .with("issuer", name(shown.issuer()))
                .with("subjectaltname", shown.subjectaltname().orElse(null))
                .with("infoAccess", shown.infoAccess())
                .with("ca", shown.ca())
                .with("bits", shown.bits().isPresent() ? shown.bits().getAsInt() : null)
                .with("asn1Curve", shown.asn1Curve().orElse(null))
                .with("nistCurve", shown.nistCurve().orElse(null))
                .with("valid_from", shown.validFrom())
                .with("valid_to", shown.validTo())
                .with("fingerprint", shown.fingerprint())
                .with("fingerprint256", shown.fingerprint256())
                .with("ext_key_usage", shown.extKeyUsage())
                .with("serialNumber", shown.serialNumber()));
    return members;
  }

  /** A repeated attribute is an array, a single one its text. */
  private static Map<String, Object> name(DistinguishedName name) {
    Map<String, Object> members = new LinkedHashMap<>();
    name.attributes()
        .forEach(
            (attribute, values) ->
                members.put(attribute, values.size() == 1 ? values.get(0) : List.copyOf(values)));
    return members;
  }
}
