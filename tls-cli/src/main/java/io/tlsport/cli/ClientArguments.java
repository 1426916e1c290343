package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What only clients have. */
final class ClientArguments {
  /** Without input nothing is expected any more, so the peer's silence needs no long wait. */
  private static final long NO_INPUT_TIMEOUT = 300;

  @Option(
      names = "--servername",
      paramLabel = "NAME",
      description = "for SNI and the certificate's check; default the host")
  @Nullable String servername;

  @Option(names = "--strict-names", description = "look for the host by RFC 9525 alone")
  boolean strictNames;

  @Option(names = "--session", paramLabel = "FILE", description = "a session to resume")
  @Nullable Path session;

  @Option(names = "--session-out", paramLabel = "FILE", description = "write the session there")
  @Nullable Path sessionOut;

  @Option(
      names = "--session-cache",
      description = "resume what the connections before made; see --reconnect")
  boolean sessionCache;

  @Option(
      names = "--reconnect",
      paramLabel = "N",
      description = "connect N times more; standard input goes to the last one")
  int reconnect;

  @Option(names = "--ticket-out", paramLabel = "FILE", description = "write the ticket there")
  @Nullable Path ticketOut;

  @Option(
      names = "--request-ocsp",
      description = "ask the server for the status of its certificate")
  boolean requestOcsp;

  @Option(names = "--renegotiate", description = "handshake once more, once secure")
  boolean renegotiate;

  @Option(
      names = "--export",
      paramLabel = "LENGTH:LABEL",
      converter = Export.Converter.class,
      description = "print keying material, in hexadecimal")
  @Nullable Export export;

  @Option(
      names = "--timeout",
      paramLabel = "MS",
      description = "end of input, then so much silence, ends; default 30000")
  @Nullable Long timeout;

  @Option(
      names = "--min-dh-size",
      paramLabel = "BITS",
      description = "smallest Diffie-Hellman parameters; default 1024")
  int minDhSize = ConnectOptions.DEFAULT_MIN_DH_SIZE;

  @Option(names = "--no-input", description = "connect, report and end")
  boolean noInput;

  /**
   * Keying material to print.
   *
   * @param length in bytes
   * @param label of RFC 5705
   */
  record Export(int length, String label) {
    private static final int MOST = 16 * 1024;

    /** Reads the text of the command line. */
    static final class Converter implements ITypeConverter<Export> {
      @Override
      public Export convert(String text) {
        int colon = text.indexOf(':');
        try {
          int length = Integer.parseInt(text.substring(0, Math.max(colon, 0)));
          if (length > 0 && length <= MOST && colon < text.length() - 1) {
            return new Export(length, text.substring(colon + 1));
          }
        } catch (NumberFormatException notANumber) {
          // Told below.
        }
        throw new TypeConversionException(
            "\"" + text + "\": give LENGTH:LABEL, for example 32:EXPORTER-example");
      }
    }
  }

  /** Sets what was given. */
  void apply(ConnectOptions.Builder options) {
    if (servername != null) {
      options.servername(servername);
    }
    if (session != null) {
      options.session(Session.of(InputFile.read("--session", session).bytes()));
    }
    if (reconnect < 0) {
      throw new ConfigurationException(
          ErrorCode.ERR_OUT_OF_RANGE, "--reconnect must be 0 or more, got " + reconnect);
    }
    options.requestOcsp(requestOcsp);
    options.minDhSize(minDhSize);
    options.strictNames(strictNames);
    if (timeout != null) {
      if (timeout < 1) {
        throw new ConfigurationException(
            ErrorCode.ERR_OUT_OF_RANGE, "--timeout must be 1 or more, got " + timeout);
      }
      options.closeTimeout(Duration.ofMillis(timeout));
    } else if (noInput) {
      waitBriefly(options);
    }
  }

  /** The same for a connection that has no input; {@code options} stay as they are. */
  ConnectOptions withoutInput(ConnectOptions.Builder options) {
    ConnectOptions withInput = options.build();
    if (timeout != null) {
      return withInput;
    }
    waitBriefly(options);
    ConnectOptions without = options.build();
    options.closeTimeout(withInput.closeTimeout());
    return without;
  }

  private static void waitBriefly(ConnectOptions.Builder options) {
    options.closeTimeout(Duration.ofMillis(NO_INPUT_TIMEOUT));
  }

  /** What the provider must be able to do later, on the connection. */
  List<Capability> demands() {
    List<Capability> demands = new ArrayList<>();
    if (sessionOut != null || sessionCache) {
      demands.add(Capability.SESSION_RESUMPTION);
    }
    if (ticketOut != null) {
      demands.add(Capability.SESSION_TICKET);
    }
    if (renegotiate) {
      demands.add(Capability.RENEGOTIATION);
    }
    if (export != null) {
      demands.add(Capability.KEYING_MATERIAL);
    }
    return demands;
  }
}
