package io.tlsport.core.policy.sni;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.net.IDN;
import java.util.Locale;

/**
 * A host name, or a pattern whose left-most label is {@code *} and stands for exactly one label.
 * Compared without case and without a trailing dot.
 */
public final class HostPattern {
  private static final String WILDCARD = "*.";

  private final String text;

  private HostPattern(String text) {
    this.text = text;
  }

  /**
   * A pattern from its text; names in other scripts become what clients send for them.
   *
   * @throws ConfigurationException for an empty label, a space, or a star anywhere else
   */
  public static HostPattern parse(String pattern) {
    boolean wildcard = pattern.startsWith(WILDCARD);
    String rest = normal(ascii(wildcard ? pattern.substring(WILDCARD.length()) : pattern));
    if (rest.isEmpty()
        || !rest.equals(normal(ascii(rest)))
        || rest.indexOf('*') >= 0
        || rest.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw invalid(pattern);
    }
    return new HostPattern(wildcard ? WILDCARD + rest : rest);
  }

  /**
   * Refuses empty and long labels too. What comes out may hold dots that were part of a character
   * (such as U+2025), and so labels that another reading would refuse.
   */
  private static String ascii(String name) {
    try {
      return IDN.toASCII(name);
    } catch (IllegalArgumentException malformed) {
      return ""; // which is no name either
    }
  }

  private static ConfigurationException invalid(String pattern) {
    return new ConfigurationException(
        ErrorCode.ERR_INVALID_ARG_VALUE,
        "\"" + pattern + "\" is no host pattern: use a name such as example.com, or *.example.com");
  }

  static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** True if the name is this one, or fits the wildcard. */
  public boolean matches(String hostname) {
    String name = normal(hostname);
    if (!text.startsWith(WILDCARD)) {
      return text.equals(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && name.substring(dot).equals(text.substring(1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
