package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.PlainHttp;
import io.tlsport.RenegotiateOptions;
import io.tlsport.RenegotiationLimits;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.SharedSessions;
import io.tlsport.SharedSessionsOptions;
import io.tlsport.Tls;
import io.tlsport.UnknownServerName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What only servers have. */
final class ServerArguments {
  private static final int TICKET_KEY_DIGITS = 96;

  @Option(
      names = "--request-cert",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOL",
      description = "ask clients for a certificate")
  boolean requestCert;

  @Option(
      names = "--honor-cipher-order",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOL",
      description = "the server's order of ciphers decides")
  @Nullable Boolean honorCipherOrder;

  @Option(
      names = "--add-context",
      paramLabel = "PATTERN=DIR",
      description = "by servername: DIR has key.pem, cert.pem, maybe ca.pem")
  Map<String, Path> addContext = new LinkedHashMap<>();

  @Option(
      names = "--unknown-server-name",
      paramLabel = "WHAT",
      description = "clients that name a host without a context: accept (default) or refuse")
  UnknownServerName unknownServerName = UnknownServerName.ACCEPT;

  @Option(names = "--session-timeout", paramLabel = "SECONDS", description = "default 300")
  @Nullable Long sessionTimeout;

  @Option(
      names = "--ticket-keys",
      paramLabel = "HEX",
      description = "96 digits (repeatable): the first encrypts, all decrypt")
  List<String> ticketKeys = new ArrayList<>();

  @Option(
      names = "--session-id-context",
      paramLabel = "TEXT",
      description = "sessions stay within it")
  @Nullable String sessionIdContext;

  @Option(
      names = "--session-store",
      paramLabel = "STORE",
      description = "newSession and resumeSession: memory, dir:PATH or redis://HOST:PORT")
  @Nullable String sessionStore;

  @Option(
      names = "--ticket-key-source",
      paramLabel = "PLACE",
      description = "ticket keys that rotate: memory, dir:PATH or redis://HOST:PORT")
  @Nullable String ticketKeySource;

  @Option(
      names = "--keys-issue-for",
      paramLabel = "SECONDS",
      description = "how long each of them encrypts; default 7200")
  @Nullable Integer keysIssueFor;

  @Option(
      names = "--keys-decrypt-for",
      paramLabel = "SECONDS",
      description = "how much longer it decrypts; default 46800")
  @Nullable Integer keysDecryptFor;

  @Option(
      names = "--ocsp-response",
      paramLabel = "FILE",
      description = "DER, stapled when a client asks")
  @Nullable Path ocspResponse;

  @Option(
      names = "--psk-hint",
      paramLabel = "TEXT",
      description = "told to clients with --psk, in the clear")
  @Nullable String pskHint;

  @Option(
      names = "--client-reneg-limit",
      paramLabel = "N",
      description = "renegotiations that a client may ask for; default 3")
  @Nullable Integer renegLimit;

  @Option(
      names = "--client-reneg-window",
      paramLabel = "SECONDS",
      description = "within so long; default 600")
  @Nullable Integer renegWindow;

  @Option(
      names = "--renegotiate-after",
      paramLabel = "BYTES",
      description = "renegotiate once so many were read")
  @Nullable Long renegotiateAfter;

  @Option(names = "--renegotiate-request-cert", description = "and ask for a certificate then")
  boolean renegotiateRequestCert;

  @Option(
      names = "--plain-http",
      paramLabel = "WHAT",
      description = "answer to plain HTTP: close (default), bad_request or redirect")
  PlainHttp plainHttp = PlainHttp.CLOSE;

  @Option(
      names = "--proxy-protocol",
      description = "every connection begins with a PROXY header, version 1 or 2")
  boolean proxyProtocol;

  @Option(names = "--max-connections", paramLabel = "N", description = "more are turned away")
  @Nullable Integer maxConnections;

  /** Sets what was given, but for stores and responses, which report what they are asked. */
  void apply(ServerOptions.Builder options) {
    options
        .requestCert(requestCert)
        .unknownServerName(unknownServerName)
        .plainHttp(plainHttp)
        .proxyProtocol(proxyProtocol);
    if (pskHint != null) {
      options.pskIdentityHint(pskHint);
    }
    if (renegLimit != null || renegWindow != null) {
      RenegotiationLimits defaults = RenegotiationLimits.DEFAULT;
      options.renegotiationLimits(
          new RenegotiationLimits(
              renegLimit != null ? renegLimit : defaults.limit(),
              renegWindow != null ? Duration.ofSeconds(renegWindow) : defaults.window()));
    }
  }

  /** Sets what was given of the context. */
  void apply(SecureContextOptions.Builder context) {
    if (honorCipherOrder != null) {
      context.honorCipherOrder(honorCipherOrder);
    }
    if (sessionTimeout != null) {
      context.sessionTimeout(Duration.ofSeconds(sessionTimeout));
    }
    if (sessionIdContext != null) {
      context.sessionIdContext(sessionIdContext);
    }
    ticketKeys.forEach(digits -> context.ticketKey(ticketKey(digits)));
  }

  private static byte[] ticketKey(String digits) {
    try {
      if (digits.length() == TICKET_KEY_DIGITS) {
        return HexFormat.of().parseHex(digits);
      }
    } catch (IllegalArgumentException notHex) {
      // Told below, like a wrong length.
    }
    throw new ConfigurationException(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        "--ticket-keys: a key is 96 hexadecimal digits, got " + digits.length() + " characters");
  }

  /** Sets what only a server that exists can be told; all its contexts have the same algorithms. */
  void apply(Server server, ContextArguments common) {
    if (maxConnections != null) {
      server.maxConnections(maxConnections);
    }
    addContext.forEach((pattern, folder) -> server.addContext(pattern, context(folder, common)));
  }

  private SecureContextOptions context(Path folder, ContextArguments common) {
    SecureContextOptions.Builder context =
        SecureContextOptions.builder()
            .key(InputFile.read("--add-context", folder.resolve("key.pem")))
            .cert(InputFile.read("--add-context", folder.resolve("cert.pem")));
    common.applyAlgorithms(context);
    apply(context);
    Path ca = folder.resolve("ca.pem");
    if (Files.exists(ca)) {
      context.ca(InputFile.read("--add-context", ca));
    }
    return context.build();
  }

  /** What starts renegotiations, if they are wanted. */
  Optional<ServerRenegotiation> renegotiation(boolean rejectUnauthorized) {
    return Optional.ofNullable(renegotiateAfter)
        .map(
            bytes ->
                new ServerRenegotiation(
                    bytes, new RenegotiateOptions(renegotiateRequestCert, rejectUnauthorized)));
  }

  /** Sets the hooks, which report what they are asked. */
  void hooks(ServerOptions.Builder options, Events events, Tls tls) {
    if (ocspResponse != null) {
      byte[] response = InputFile.read("--ocsp-response", ocspResponse).bytes();
      options.ocspResponder(
          (certificate, issuer) -> {
            events.emit(
                "OCSPRequest",
                Members.of("certificateBytes", certificate.length)
                    .with("issuerBytes", issuer.map(der -> der.length).orElse(null)));
            return CompletableFuture.completedStage(Optional.of(response.clone()));
          });
    }
    if (sessionStore != null) {
      options.sessionStore(new ReportingStore(shared(tls, sessionStore), events));
    }
    if (ticketKeySource != null) {
      options.ticketKeySource(shared(tls, ticketKeySource));
    } else if (keysIssueFor != null || keysDecryptFor != null) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "--keys-issue-for and --keys-decrypt-for say how keys of --ticket-key-source rotate: give"
              + " that, too");
    }
  }

  private SharedSessions shared(Tls tls, String place) {
    SharedSessionsOptions.Builder options = SharedSessionsOptions.builder(place);
    if (keysIssueFor != null) {
      options.keysIssueFor(Duration.ofSeconds(keysIssueFor));
    }
    if (keysDecryptFor != null) {
      options.keysDecryptFor(Duration.ofSeconds(keysDecryptFor));
    }
    if (sessionTimeout != null) {
      options.sessionTimeout(Duration.ofSeconds(sessionTimeout));
    }
    return tls.createSharedSessions(options.build());
  }

  /** What the provider must be able to do later, on a connection. */
  List<Capability> demands() {
    // A limit of none holds on every provider; any other says that clients may renegotiate.
    boolean clientsMay = renegWindow != null || (renegLimit != null && renegLimit > 0);
    return clientsMay || renegotiateAfter != null || renegotiateRequestCert
        ? List.of(Capability.RENEGOTIATION)
        : List.of();
  }
}
