package io.tlsport.bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who serves.
 *
 * @param kind of server
 * @param engine it runs on, such as {@code jdk}, or {@code jdk+conscrypt} with an accelerator;
 *     empty where that is not chosen here
 */
public record Contestant(Kind kind, String engine) {
  private static final String NO_PROC = "this system does not tell the CPU time of another process";

  /** What kinds there are. */
  public enum Kind {
    /** Ours. */
    TLSPORT("tlsport"),
    /** Netty's {@code SslHandler}. */
    SSL_HANDLER("SslHandler"),
    /** Vert.x. */
    VERTX("Vert.x"),
    /** Node's {@code tls}. */
    NODE("Node"),
    /** {@code openssl s_server}. */
    OPENSSL("OpenSSL");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Whether it runs in a JVM. */
    boolean inJvm() {
      return this != NODE && this != OPENSSL;
    }
  }

  /**
   * Somebody who cannot be measured here.
   *
   * @param contestant who
   * @param reason why
   */
  public record Absent(Contestant contestant, String reason) {}

  /** Those providers, and everybody of those peers whom they can be compared with. */
  static List<Contestant> all(List<String> providers, Set<Peer> peers) {
    Set<Contestant> all = new LinkedHashSet<>();
    for (String provider : providers) {
      Contestant ours = new Contestant(Kind.TLSPORT, provider);
      all.add(ours);
      if (peers.contains(Peer.SSLHANDLER)) {
        all.add(new Contestant(Kind.SSL_HANDLER, ours.sslHandlerEngine()));
      }
    }
    if (peers.contains(Peer.TCNATIVE)) {
      all.add(new Contestant(Kind.SSL_HANDLER, SslHandlerServer.TCNATIVE));
    }
    if (peers.contains(Peer.VERTX)) {
      all.add(new Contestant(Kind.VERTX, "jdk"));
    }
    if (peers.contains(Peer.NODE)) {
      all.add(new Contestant(Kind.NODE, ""));
    }
    if (peers.contains(Peer.OPENSSL)) {
      all.add(new Contestant(Kind.OPENSSL, ""));
    }
    return List.copyOf(all);
  }

  /** Engines of bctls are our own: what others have of its library is BC-JSSE. */
  private String sslHandlerEngine() {
    return provider().equals("bctls") ? "bcjsse" : provider();
  }

  /** The provider alone. */
  String provider() {
    return engine.replaceFirst("[+].*", "");
  }

  /** What makes its handshakes faster; empty if nothing does. */
  Optional<String> accelerator() {
    int plus = engine.indexOf('+');
    return plus < 0 ? Optional.empty() : Optional.of(engine.substring(plus + 1));
  }

  /** Whether it has a JVM of its own: an accelerator is seen by the whole of it. */
  boolean hasOwnJvm() {
    return accelerator().isPresent();
  }

  /** What it is called. */
  public String name() {
    return engine.isEmpty() ? kind.text : kind.text + " " + engine;
  }

  /** Why it cannot be measured here; empty if it can. */
  Optional<String> absence() {
    return switch (kind) {
      case TLSPORT -> hasOwnJvm() && !Child.isPossible() ? Optional.of(NO_PROC) : Optional.empty();
      case SSL_HANDLER ->
          engine.equals(SslHandlerServer.TCNATIVE) ? Versions.tcnativeAbsence() : Optional.empty();
      case VERTX ->
          Versions.vertx().isPresent()
              ? Optional.empty()
              : Optional.of("its classes are not on the class path");
      case NODE -> program("node", Versions.node());
      case OPENSSL -> program("openssl", Versions.openssl());
    };
  }

  private static Optional<String> program(String name, Optional<String> version) {
    if (version.isEmpty()) {
      return Optional.of("there is no " + name + " on PATH");
    }
    return Child.isPossible() ? Optional.empty() : Optional.of(NO_PROC);
  }

  /** Why it does not do the work of that row; empty if it does. */
  Optional<String> refusal(Row row) {
    if (kind == Kind.TLSPORT
        && row.work() == Work.RESUME
        && !TlsportServer.resumes(provider(), row.version())) {
      return Optional.of("resumes no session of " + row.version());
    }
    if (row.isOfClients() && (kind == Kind.VERTX || kind == Kind.OPENSSL)) {
      return Optional.of("is measured as a server alone");
    }
    return kind == Kind.OPENSSL && !ProcessServer.opensslServes(row)
        ? Optional.of("s_server serves one client after the other, and answers lines")
        : Optional.empty();
  }

  /** A server that does the work of that row. */
  MeasuredServer start(Row row, Identities identities) {
    return hasOwnJvm() ? ProcessServer.jvm(this, row, identities) : startHere(row, identities);
  }

  /** The same in this JVM, if it is a server in Java. */
  MeasuredServer startHere(Row row, Identities identities) {
    return switch (kind) {
      case TLSPORT -> new TlsportServer(this, row, identities);
      case SSL_HANDLER -> new SslHandlerServer(engine, row, identities);
      case VERTX -> new VertxServer(row, identities);
      case NODE -> ProcessServer.node(row, identities);
      case OPENSSL -> ProcessServer.openssl(row, identities);
    };
  }

  /** Clients of the server on that port, which do the work of that row. */
  MeasuredClient connect(Row row, Identities identities, int port) {
    return hasOwnJvm()
        ? ProcessClient.jvm(this, row, identities, port)
        : connectHere(row, identities, port);
  }

  /** The same in this JVM, if they are in Java. */
  MeasuredClient connectHere(Row row, Identities identities, int port) {
    return switch (kind) {
      case TLSPORT -> new TlsportClient(this, row, identities, port);
      case SSL_HANDLER -> new SslHandlerClient(engine, row, identities, port);
      case NODE -> ProcessClient.node(row, identities, port);
      case VERTX, OPENSSL -> throw new IllegalArgumentException(kind + " has no clients here");
    };
  }

  /** What a ratio to it is called in a table of that provider. */
  boolean isPeerOf(Contestant ours) {
    return kind != Kind.TLSPORT
        && (kind != Kind.SSL_HANDLER
            || isSslHandlerOf(ours)
            || engine.equals(SslHandlerServer.TCNATIVE));
  }

  /** Whether it is Netty's own TLS over the engine of ours. */
  boolean isSslHandlerOf(Contestant ours) {
    return kind == Kind.SSL_HANDLER && engine.equals(ours.sslHandlerEngine());
  }
}
