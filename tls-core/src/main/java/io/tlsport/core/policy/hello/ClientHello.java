package io.tlsport.core.policy.hello;

import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.core.policy.sni.ServerName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A ClientHello (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2). Immutable. */
public final class ClientHello {
  private static final int HOST_NAME = 0;
  private static final int OCSP = 1;
  private static final int PSK_DHE_KE = 1;
  private static final byte[] NO_AGE = new byte[4];
  private static final Wire NOTHING = new Wire(new byte[0]);

  private final int legacyVersion;
  private final byte[] sessionId;
  private final List<Integer> cipherSuites;
  private final Map<Integer, Wire> extensions;
  private final Optional<String> serverName;
  private final List<String> alpnProtocols;
  private final List<Integer> supportedVersions;
  private final List<Integer> supportedGroups;
  private final List<Integer> signatureSchemes;
  private final List<OfferedKey> preSharedKeys;
  private final boolean keysWithGroups;

  /** One of pre_shared_key; what is of a session has an age. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record OfferedKey(byte[] identity, boolean aged) {}

  private ClientHello(
      int legacyVersion,
      byte[] sessionId,
      List<Integer> cipherSuites,
      Map<Integer, Wire> extensions)
      throws HelloException {
    this.legacyVersion = legacyVersion;
    this.sessionId = sessionId;
    this.cipherSuites = cipherSuites;
    this.extensions = extensions;
    this.serverName = readServerName();
    this.alpnProtocols = readAlpn();
    this.supportedVersions =
        extensions.containsKey(Extension.SUPPORTED_VERSIONS)
            ? extension(Extension.SUPPORTED_VERSIONS).part8().list16()
            : List.of();
    this.supportedGroups = list16(Extension.SUPPORTED_GROUPS);
    this.signatureSchemes = list16(Extension.SIGNATURE_ALGORITHMS);
    this.preSharedKeys = readPreSharedKeys();
    this.keysWithGroups = readKeysWithGroups();
  }

  /** Reads the body of the handshake message. */
  static ClientHello parse(Wire wire) throws HelloException {
    int version = wire.u16();
    if (version >> 8 != 3) {
      throw new HelloException(
          ErrorCode.ERR_SSL_UNSUPPORTED_PROTOCOL,
          HelloError.PROTOCOL_VERSION,
          "the client speaks a version that never was: 0x" + Integer.toHexString(version));
    }
    wire.part(32); // the random
    byte[] sessionId = wire.part8().rest();
    if (sessionId.length > 32) {
      throw HelloException.malformed("its session id is too long");
    }
    List<Integer> suites = wire.part16().list16();
    if (suites.isEmpty()) {
      throw HelloException.malformed("it offers no cipher suite");
    }
    if (wire.part8().isEmpty()) {
      throw HelloException.malformed("it offers no compression method");
    }
    Map<Integer, Wire> extensions = wire.isEmpty() ? Map.of() : extensions(wire.part16());
    if (!wire.isEmpty()) {
      throw HelloException.malformed("something follows its extensions");
    }
    return new ClientHello(version, sessionId, suites, extensions);
  }

  private static Map<Integer, Wire> extensions(Wire wire) throws HelloException {
    Map<Integer, Wire> extensions = new HashMap<>();
    while (!wire.isEmpty()) {
      int type = wire.u16();
      Wire data = wire.part16();
      if (extensions.put(type, data) != null) {
        throw new HelloException(
            ErrorCode.ERR_SSL_DECODE_ERROR,
            HelloError.ILLEGAL_PARAMETER,
            "malformed ClientHello: extension " + type + " comes twice");
      }
    }
    return extensions;
  }

  private Wire extension(int type) {
    Wire data = extensions.get(type);
    return data == null ? NOTHING : data.copy();
  }

  private List<Integer> list16(int type) throws HelloException {
    Wire wire = extension(type);
    return wire.isEmpty() ? List.of() : wire.part16().list16();
  }

  private Optional<String> readServerName() throws HelloException {
    if (!extensions.containsKey(Extension.SERVER_NAME)) {
      return Optional.empty();
    }
    Wire names = extension(Extension.SERVER_NAME).part16();
    if (names.isEmpty()) {
      throw HelloException.malformed("its server_name extension names nothing");
    }
    Optional<String> found = Optional.empty();
    while (!names.isEmpty()) {
      int type = names.u8();
      byte[] name = names.part16().rest();
      if (type != HOST_NAME) {
        continue;
      }
      if (found.isPresent()) {
        throw HelloException.malformed("it names two hosts");
      }
      found = Optional.of(hostName(name));
    }
    return found.filter(name -> !ServerName.isAddress(name));
  }

  private static String hostName(byte[] name) throws HelloException {
    String text = new String(name, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    String host = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (!ServerName.isHostName(host) && !ServerName.isAddress(host)) {
      throw new HelloException(
          ErrorCode.ERR_SSL_DECODE_ERROR,
          HelloError.ILLEGAL_PARAMETER,
          "the client names something that is no host");
    }
    return host;
  }

  private List<String> readAlpn() throws HelloException {
    Wire wire = extension(Extension.ALPN);
    if (wire.isEmpty()) {
      return List.of();
    }
    Wire list = wire.part16();
    if (list.isEmpty()) {
      throw HelloException.malformed("the list of application protocols is empty");
    }
    List<String> names = new ArrayList<>();
    while (!list.isEmpty()) {
      byte[] name = list.part8().rest();
      if (name.length == 0) {
        throw HelloException.malformed("an application protocol has no name");
      }
      names.add(new String(name, StandardCharsets.UTF_8));
    }
    return List.copyOf(names);
  }

  private List<OfferedKey> readPreSharedKeys() throws HelloException {
    Wire wire = extension(Extension.PRE_SHARED_KEY);
    if (wire.isEmpty()) {
      return List.of();
    }
    List<OfferedKey> offered = new ArrayList<>();
    Wire list = wire.part16();
    while (!list.isEmpty()) {
      byte[] identity = list.part16().rest();
      byte[] age = list.take(4);
      offered.add(new OfferedKey(identity, !Arrays.equals(age, NO_AGE)));
    }
    return List.copyOf(offered);
  }

  private boolean readKeysWithGroups() throws HelloException {
    Wire wire = extension(Extension.PSK_KEY_EXCHANGE_MODES);
    boolean found = false;
    if (!wire.isEmpty()) {
      Wire modes = wire.part8();
      while (!modes.isEmpty()) {
        found |= modes.u8() == PSK_DHE_KE;
      }
    }
    return found;
  }

  /** The version field, which TLS 1.3 clients freeze at 0x0303. */
  public int legacyVersion() {
    return legacyVersion;
  }

  /** The legacy session id; may be empty. */
  public byte[] sessionId() {
    return sessionId.clone();
  }

  /** Suites in the client's order, signalling values included. */
  public List<Integer> cipherSuites() {
    return cipherSuites;
  }

  /** The host that the client names: lower case, without a trailing dot, never an address. */
  public Optional<String> serverName() {
    return serverName;
  }

  /** Application protocols in the client's order; empty if it has no ALPN. Read as UTF-8. */
  public List<String> alpnProtocols() {
    return alpnProtocols;
  }

  /** True if next protocol negotiation is offered. */
  public boolean offersNpn() {
    return extensions.containsKey(Extension.NEXT_PROTOCOL);
  }

  /** Groups in the client's order. */
  public List<Integer> supportedGroups() {
    return supportedGroups;
  }

  /** Signature schemes in the client's order; empty: those of RFC 5246 section 7.4.1.4.1. */
  public List<Integer> signatureSchemes() {
    return signatureSchemes;
  }

  /** True if the client asks for a stapled certificate status. */
  public boolean asksForStatus() {
    return extensions.containsKey(Extension.STATUS_REQUEST);
  }

  /** The ticket of TLS 1.2 (RFC 5077), if one with content was sent. */
  public Optional<byte[]> sessionTicket() {
    Wire ticket = extension(Extension.SESSION_TICKET);
    return ticket.isEmpty() ? Optional.empty() : Optional.of(ticket.bytes());
  }

  /** The identities of the sessions and keys of TLS 1.3 that the client offers. */
  public List<byte[]> preSharedKeys() {
    return preSharedKeys.isEmpty()
        ? List.of()
        : preSharedKeys.stream().map(key -> key.identity().clone()).toList();
  }

  /**
   * The identities of keys that both sides may have from elsewhere, in the client's order: those
   * without an age (RFC 8446 section 4.2.11). Empty if the client wants none beside a key exchange.
   */
  public List<byte[]> externalKeys() {
    return keysWithGroups
        ? preSharedKeys.stream()
            .filter(key -> !key.aged())
            .map(key -> key.identity().clone())
            .toList()
        : List.of();
  }

  /** By what the client wants to resume, if that version is chosen. */
  public List<byte[]> offeredSessions(ProtocolVersion chosen) {
    if (chosen == ProtocolVersion.TLS_1_3) {
      return preSharedKeys();
    }
    List<byte[]> offered = new ArrayList<>();
    if (sessionId.length > 0) {
      offered.add(sessionId());
    }
    sessionTicket().ifPresent(offered::add);
    return List.copyOf(offered);
  }

  /**
   * True if the client asks for an OCSP response (RFC 6066 section 8, RFC 8446 section 4.4.2.1).
   */
  public boolean requestsStatus() {
    Wire request = extension(Extension.STATUS_REQUEST);
    return !request.isEmpty() && request.bytes()[0] == OCSP;
  }

  /** True if the client accepts that version. */
  public boolean offers(ProtocolVersion version) {
    if (!supportedVersions.isEmpty()) {
      return supportedVersions.contains(version.code());
    }
    return version.code() <= legacyVersion && version != ProtocolVersion.TLS_1_3;
  }
}
