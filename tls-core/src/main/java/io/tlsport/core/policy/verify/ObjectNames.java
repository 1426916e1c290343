package io.tlsport.core.policy.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How OpenSSL calls what certificates name by object identifiers. */
final class ObjectNames {
  private static final String RESOURCE = "openssl-objects.tsv";
  private static final ObjectNames INSTANCE = load();

  private static final Map<String, String> NIST =
      Map.ofEntries(
          Map.entry("prime192v1", "P-192"),
          Map.entry("secp224r1", "P-224"),
          Map.entry("prime256v1", "P-256"),
          Map.entry("secp384r1", "P-384"),
          Map.entry("secp521r1", "P-521"),
          Map.entry("sect163k1", "K-163"),
          Map.entry("sect163r2", "B-163"),
          Map.entry("sect233k1", "K-233"),
          Map.entry("sect233r1", "B-233"),
          Map.entry("sect283k1", "K-283"),
          Map.entry("sect283r1", "B-283"),
          Map.entry("sect409k1", "K-409"),
          Map.entry("sect409r1", "B-409"),
          Map.entry("sect571k1", "K-571"),
          Map.entry("sect571r1", "B-571"));

  private final Map<String, String> attributes = new HashMap<>();
  private final Map<String, String> accessMethods = new HashMap<>();
  private final Map<String, Curve> curves = new HashMap<>();

  /**
   * An elliptic curve.
   *
   * @param name OpenSSL's name: {@code prime256v1}
   * @param bits of the order of its generator
   */
  record Curve(String name, int bits) {
    /** The name in NIST's standard: {@code P-256}; empty for all others. */
    Optional<String> nistName() {
      return Optional.ofNullable(NIST.get(name));
    }
  }

  private ObjectNames(List<String> lines) {
    for (String line : lines) {
      String[] cells = line.split("\t", -1);
      switch (cells[0]) {
        case "attribute" -> attributes.put(cells[1], cells[2]);
        case "access" -> accessMethods.put(cells[1], cells[2]);
        default -> curves.put(cells[1], new Curve(cells[2], Integer.parseInt(cells[3])));
      }
    }
  }

  private static ObjectNames load() {
    try (InputStream in = ObjectNames.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return new ObjectNames(lines.lines().filter(line -> !line.startsWith("#")).toList());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The short name of an attribute of a distinguished name: {@code CN}; empty if it has none. */
  static Optional<String> attribute(String oid) {
    return Optional.ofNullable(INSTANCE.attributes.get(oid));
  }

  /** The long name of an access method: {@code CA Issuers}; the identifier if it has none. */
  static String accessMethod(String oid) {
    return INSTANCE.accessMethods.getOrDefault(oid, oid);
  }

  /** The curve of that identifier; empty for one that OpenSSL does not know. */
  static Optional<Curve> curve(String oid) {
    return Optional.ofNullable(INSTANCE.curves.get(oid));
  }
}
