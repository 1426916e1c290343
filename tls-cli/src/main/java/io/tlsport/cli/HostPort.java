package io.tlsport.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to connect: {@code localhost:8000}, {@code 127.0.0.1:8000}, {@code [::1]:8000}.
 *
 * @param host a name or a numeric address, without brackets
 * @param port 1 to 65535
 */
record HostPort(String host, int port) {
  private static final int MOST = 65535;

  /** Reads the text of the command line. */
  static final class Converter implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
      int colon = text.lastIndexOf(':');
      if (colon < 1) {
        throw wrong(text, "give HOST:PORT, for example localhost:8000");
      }
      String host = text.substring(0, colon);
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      } else if (host.indexOf(':') >= 0) {
        throw wrong(text, "put an IPv6 address in brackets, for example [::1]:8000");
      }
      if (host.isEmpty()) {
        throw wrong(text, "the host is missing");
      }
      return new HostPort(host, port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String digits) {
      try {
        int port = Integer.parseInt(digits);
        if (port >= 1 && port <= MOST) {
          return port;
        }
      } catch (NumberFormatException notANumber) {
        // Told below, like a number that is out of range.
      }
      throw wrong(text, "a port is a number from 1 to 65535");
    }

    private static TypeConversionException wrong(String text, String mend) {
      return new TypeConversionException("\"" + text + "\": " + mend);
    }
  }
}
