package io.tlsport.core.policy.sni;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a client sends as server name (RFC 6066 section 3): host names, never addresses. */
public final class ServerName {
  private static final Pattern HOST =
      Pattern.compile(
          "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
              + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private ServerName() {}

  /**
   * The name to send for a host.
   *
   * @return empty for an IP address
   * @throws ConfigurationException if the text is neither a host name nor an address
   */
  public static Optional<String> ofHost(String host) {
    if (isAddress(host)) {
      return Optional.empty();
    }
    String ascii = ascii(host);
    if (ascii.length() > 253 || !HOST.matcher(ascii).matches()) {
      throw invalid(host);
    }
    return Optional.of(ascii);
  }

  /** True for text that is an IPv4 or IPv6 address, or can be nothing else. */
  public static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
  }

  /** True if a client may send this as a server name. */
  public static boolean isHostName(String name) {
    return name.length() <= 253 && HOST.matcher(name).matches() && !isAddress(name);
  }

  /** Without the dot at its end; a refusal quotes what was given. */
  private static String ascii(String host) {
    try {
      return IDN.toASCII(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
    } catch (IllegalArgumentException malformed) {
      throw invalid(host);
    }
  }

  private static ConfigurationException invalid(String host) {
    return new ConfigurationException(
        ErrorCode.ERR_INVALID_ARG_VALUE, "\"" + host + "\" is no host name and no address");
  }
}
