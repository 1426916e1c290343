package io.tlsport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The subject or issuer of a certificate, attribute by attribute in the certificate's order, as the
 * seed's {@code getPeerCertificate()} shows it. A repeated attribute has several values.
 */
public final class DistinguishedName {
  private final Map<String, List<String>> attributes;

  /** Copies the given attributes; the order of keys and of values is kept. */
  public DistinguishedName(Map<String, List<String>> attributes) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    attributes.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    this.attributes = java.util.Collections.unmodifiableMap(copy);
  }

  /**
   * The seed's {@code tls.parseCertString}: a line for each attribute, {@code C=UK\nCN=a}. A key
   * that comes again has several values; what stands on a line without an equals sign is passed
   * over, and so is a line that begins with one.
   */
  public static DistinguishedName parse(String text) {
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    for (String line : Arguments.given("text", text).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        attributes
            .computeIfAbsent(line.substring(0, equals), name -> new ArrayList<>())
            .add(line.substring(equals + 1));
      }
    }
    return new DistinguishedName(attributes);
  }

  /** Short names ({@code C ST L O OU CN}; a dotted identifier where there is none) to values. */
  public Map<String, List<String>> attributes() {
    return attributes;
  }

  /** The first value of an attribute, for example of {@code CN}. */
  public Optional<String> first(String name) {
    List<String> values = attributes.get(name);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DistinguishedName that && attributes.equals(that.attributes);
  }

  @Override
  public int hashCode() {
    return attributes.hashCode();
  }

  /** {@code C=UK, O=node.js, CN=localhost}: for people, not for parsing. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    attributes.forEach((name, values) -> values.forEach(value -> parts.add(name + "=" + value)));
    return String.join(", ", parts);
  }
}
