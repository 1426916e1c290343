package io.tlsport.core.policy.sni;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
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
   * A pattern from its text.
   *
   * @throws ConfigurationException for an empty label, a space, or a star anywhere else
   */
  public static HostPattern parse(String pattern) {
    String text = normal(pattern);
    String rest = text.startsWith(WILDCARD) ? text.substring(WILDCARD.length()) : text;
    boolean emptyLabel = rest.isEmpty() || rest.startsWith(".") || rest.contains("..");
    if (emptyLabel || rest.indexOf('*') >= 0 || rest.chars().anyMatch(c -> c <= ' ')) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "\""
              + pattern
              + "\" is no host pattern: use a name such as example.com, or *.example.com");
    }
    return new HostPattern(text);
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
