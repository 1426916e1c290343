package io.tlsport.tck.engine;

import io.tlsport.ProtocolVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The known defects of one provider. The file is TOML, of which only this much is read: tables
 * {@code [[defect]]}, and in them keys whose value is a basic string or a list of such, on one
 * line.
 */
public final class KnownDefects {
  private static final Pattern PAIR = Pattern.compile("([a-z]+)\\s*=\\s*(.+)");
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"");
  private static final Set<String> KEYS =
      Set.of("rule", "test", "versions", "protocols", "link", "sentence");

  private final List<Defect> defects;

  private KnownDefects(List<Defect> defects) {
    this.defects = List.copyOf(defects);
  }

  /** The file of that name beside the test class; nothing is known if there is none. */
  static KnownDefects of(Class<?> testClass, String resource) {
    try (InputStream in = testClass.getResourceAsStream(resource)) {
      return in == null
          ? new KnownDefects(List.of())
          : parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new IllegalStateException(resource + " cannot be read", unreadable);
    }
  }

  /**
   * Reads the text of a file.
   *
   * @throws IllegalArgumentException with the number of a line that cannot be read
   */
  public static KnownDefects parse(String toml) {
    List<Defect> defects = new ArrayList<>();
    Map<String, List<String>> entry = null;
    int number = 0;
    for (String raw : toml.lines().toList()) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.equals("[[defect]]")) {
        if (entry != null) {
          defects.add(defect(entry));
        }
        entry = new LinkedHashMap<>();
      } else if (entry == null || !pair(line, entry)) {
        throw new IllegalArgumentException(
            "known defects, line "
                + number
                + ": expected [[defect]] or one of "
                + KEYS.stream().sorted().toList()
                + " = \"...\", got "
                + line);
      }
    }
    if (entry != null) {
      defects.add(defect(entry));
    }
    return new KnownDefects(defects);
  }

  private static boolean pair(String line, Map<String, List<String>> entry) {
    Matcher pair = PAIR.matcher(line);
    if (!pair.matches() || !KEYS.contains(pair.group(1))) {
      return false;
    }
    String value = pair.group(2);
    List<String> strings = new ArrayList<>();
    Matcher string = STRING.matcher(value);
    while (string.find()) {
      strings.add(string.group(1).replaceAll("\\\\(.)", "$1"));
    }
    boolean list = value.startsWith("[") && value.endsWith("]");
    if (!list && !(strings.size() == 1 && STRING.matcher(value).matches())) {
      return false;
    }
    return entry.put(pair.group(1), strings) == null;
  }

  private static Defect defect(Map<String, List<String>> entry) {
    return new Defect(
        one(entry, "rule"),
        one(entry, "test"),
        entry.getOrDefault("versions", List.of()),
        entry.getOrDefault("protocols", List.of()),
        one(entry, "link"),
        one(entry, "sentence"));
  }

  private static String one(Map<String, List<String>> entry, String key) {
    List<String> values = entry.getOrDefault(key, List.of());
    return values.isEmpty() ? "" : values.get(0);
  }

  /** The entry for that test, if there is one. */
  Optional<Defect> find(String rule, String test, String version, List<ProtocolVersion> running) {
    return defects.stream()
        .filter(defect -> defect.covers(rule, test, version, running))
        .findFirst();
  }

  /**
   * Refuses entries that are of no test: those would never be found out.
   *
   * @throws IllegalStateException if there is one
   */
  KnownDefects requireTests() {
    for (Defect defect : defects) {
      if (!Contracts.have(defect.rule(), defect.test())) {
        throw new IllegalStateException(
            "the ledger of known defects lists rule "
                + defect.rule()
                + (defect.test().isEmpty() ? "" : ", test " + defect.test())
                + ", and the kit has no such test: mend the entry, or remove it (\""
                + defect.sentence()
                + "\")");
      }
    }
    return this;
  }

  /** All entries. */
  public List<Defect> all() {
    return defects;
  }
}
