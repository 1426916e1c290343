package io.tlsport;

import java.util.List;

/**
 * What can be measured of TLS, with its name in a system of metrics and the labels that it has.
 * Labels have few values, all of them ours: none is a host, an address, a subject or anything else
 * that a peer chose.
 */
public enum TlsMeter {
  /** The time that handshakes took, those of renegotiations not among them; their number, too. */
  HANDSHAKE(
      "tlsport.handshake",
      Kind.DURATION,
      "handshakes that succeeded, and how long they took",
      List.of(Label.PROVIDER, Label.SIDE, Label.PROTOCOL, Label.CIPHER, Label.RESUMED)),

  /** Connections that failed before they were secure. */
  HANDSHAKE_FAILURES(
      "tlsport.handshake.failures",
      Kind.COUNT,
      "connections that failed before they were secure",
      List.of(Label.PROVIDER, Label.SIDE, Label.CODE, Label.BLAME)),

  /** Connections that are secure and not gone. */
  CONNECTIONS(
      "tlsport.connections",
      Kind.LEVEL,
      "connections that are secure and not gone",
      List.of(Label.PROVIDER, Label.SIDE)),

  /** Connections that failed after they were secure. */
  CONNECTION_FAILURES(
      "tlsport.connection.failures",
      Kind.COUNT,
      "connections that failed after they were secure",
      List.of(Label.PROVIDER, Label.SIDE, Label.CODE, Label.BLAME)),

  /** Connections that a server refused before their handshake. */
  CONNECTIONS_DROPPED(
      "tlsport.connections.dropped",
      Kind.COUNT,
      "connections that a server had no room for",
      List.of()),

  /** Renegotiations that succeeded. */
  RENEGOTIATIONS(
      "tlsport.renegotiations",
      Kind.COUNT,
      "renegotiations that succeeded",
      List.of(Label.PROVIDER, Label.SIDE)),

  /** Secure contexts that were replaced. */
  CONTEXT_RELOADS(
      "tlsport.context.reloads", Kind.COUNT, "secure contexts that were replaced", List.of()),

  /** Files that were not taken as a secure context. */
  CONTEXT_RELOAD_FAILURES(
      "tlsport.context.reload.failures",
      Kind.COUNT,
      "times that changed files could not be used",
      List.of(Label.CODE)),

  /** Certificates of ours that come near their end, and those that have reached it. */
  CERTIFICATE_EXPIRIES(
      "tlsport.certificate.expiries",
      Kind.COUNT,
      "warnings of certificates near their end, or past it",
      List.of(Label.EXPIRED)),

  /** Changes of the key that encrypts tickets. */
  TICKET_KEY_ROTATIONS(
      "tlsport.ticket.key.rotations",
      Kind.COUNT,
      "changes of the key that encrypts tickets",
      List.of()),

  /** Times that a place which machines share began to fail. */
  SHARING_FAILURES(
      "tlsport.sharing.failures",
      Kind.COUNT,
      "times that what sessions are shared by began to fail",
      List.of(Label.CODE));

  /** What a meter does. */
  public enum Kind {
    /** Only goes up. */
    COUNT,
    /** Goes up and down. */
    LEVEL,
    /** Collects durations, in seconds. */
    DURATION
  }

  /** What tells the series of a meter apart. */
  public enum Label {
    /** The name of the provider. */
    PROVIDER("provider", "the provider's name"),
    /** Our side. */
    SIDE("side", "`client` or `server`: our side"),
    /** The version, as {@link ProtocolVersion#id} has it. */
    PROTOCOL("protocol", "`TLSv1.2`, `TLSv1.3` and the like"),
    /** The suite, as {@link CipherInfo#standardName} has it. */
    CIPHER("cipher", "the suite's IANA name"),
    /** Whether a session was resumed. */
    RESUMED("resumed", "`true` if a session was resumed, else `false`"),
    /** The code of the error, as {@link ErrorCode#code} has it. */
    CODE("code", "a code of the [errors](errors.md)"),
    /** Who is to blame, a name of {@link Blame} in small letters. */
    BLAME("blame", "`caller`, `peer`, `environment` or `provider`"),
    /** Whether a certificate has expired already. */
    EXPIRED("expired", "`true` if it is past its end, `false` if it is near");

    private final String key;
    private final String meaning;

    Label(String key, String meaning) {
      this.key = key;
      this.meaning = meaning;
    }

    /** Its name in a system of metrics. */
    public String key() {
      return key;
    }

    /** What its values mean, in a phrase. */
    public String meaning() {
      return meaning;
    }
  }

  private final String id;
  private final Kind kind;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // every list is one of List.of
  private final List<Label> labels;

  TlsMeter(String id, Kind kind, String description, List<Label> labels) {
    this.id = id;
    this.kind = kind;
    this.description = description;
    this.labels = labels;
  }

  /** Its name in a system of metrics. */
  public String id() {
    return id;
  }

  /** What it does. */
  public Kind kind() {
    return kind;
  }

  /** What it measures, in a phrase. */
  public String description() {
    return description;
  }

  /** What tells its series apart, in the order in which {@link MeteringListener} gives values. */
  public List<Label> labels() {
    return labels;
  }
}
