package io.tlsport.cli;

import io.tlsport.ConnectionOptions;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What a server does with a connection. */
interface ServeMode {
  /** Takes over a connection that is secure; called where its events run. */
  void serve(TLSSocket socket);

  /** Sets what the mode needs of a server. */
  default void prepare(ServerOptions.Builder options) {
    // A peer that has ended may take its time to read the rest of what is sent back.
    options.closeTimeout(ConnectionOptions.DEFAULT_CLIENT_CLOSE_TIMEOUT);
  }

  /** Reads the text of the command line. */
  final class Converter implements ITypeConverter<ServeMode> {
    private static final String SOURCE = "source:";

    @Override
    public ServeMode convert(String text) {
      return switch (text) {
        case "echo" -> new EchoMode("");
        case "welcome" -> new EchoMode("welcome!\n");
        case "sink" -> new SinkMode();
        case "http" -> new HttpMode();
        default -> source(text);
      };
    }

    private static ServeMode source(String text) {
      try {
        if (text.startsWith(SOURCE)) {
          return new SourceMode(Long.parseUnsignedLong(text.substring(SOURCE.length())));
        }
      } catch (NumberFormatException notANumber) {
        // Told below.
      }
      throw new TypeConversionException(
          "\"" + text + "\" is no mode: use echo, welcome, sink, source:BYTES or http");
    }
  }
}
