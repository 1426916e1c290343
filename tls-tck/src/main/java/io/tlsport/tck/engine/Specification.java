package io.tlsport.tck.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbered rules. In the text a rule is a paragraph that starts with {@code **TLS-4.2**};
 * quoted lines below it give its intent and what usually breaks it.
 */
public final class Specification {
  private static final String RESOURCE = "/META-INF/tlsport-tck/specification.md";
  private static final Pattern RULE =
      Pattern.compile("\\*\\*TLS-(\\d+\\.\\d+)\\*\\*(?: \\(untested: ([^)]+)\\))?\\s*(.*)");
  private static final Pattern QUOTED =
      Pattern.compile(">\\s*(Intent|Usual causes):\\s*(.*)", Pattern.CASE_INSENSITIVE);

  private final Map<String, Entry> rules;

  /**
   * One rule.
   *
   * @param number such as {@code 4.2}
   * @param text the rule, in the words of RFC 2119
   * @param intent why it exists
   * @param causes what usually breaks it; may be empty
   * @param untested why no test proves it; empty for all others
   */
  public record Entry(
      String number, String text, String intent, String causes, Optional<String> untested) {}

  private Specification(Map<String, Entry> rules) {
    this.rules = rules;
  }

  /** The specification that the kit was built with. */
  public static Specification ofKit() {
    try (InputStream in = Specification.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new IllegalStateException(RESOURCE + " cannot be read", unreadable);
    }
  }

  /** The rules in that text. */
  public static Specification parse(String markdown) {
    Map<String, Entry> rules = new LinkedHashMap<>();
    for (String paragraph : markdown.split("\\R\\s*\\R", -1)) {
      Matcher start = RULE.matcher(firstLine(paragraph));
      if (start.matches()) {
        Entry entry = entry(start, paragraph);
        if (rules.put(entry.number(), entry) != null) {
          throw new IllegalArgumentException("rule TLS-" + entry.number() + " stands there twice");
        }
      }
    }
    return new Specification(rules);
  }

  private static String firstLine(String paragraph) {
    return paragraph.strip().lines().findFirst().orElse("");
  }

  private static Entry entry(Matcher start, String paragraph) {
    List<String> text = new ArrayList<>(List.of(start.group(3)));
    Map<String, StringBuilder> quoted = new LinkedHashMap<>();
    StringBuilder current = null;
    for (String line : paragraph.strip().lines().skip(1).toList()) {
      Matcher quote = QUOTED.matcher(line);
      if (quote.matches()) {
        current = new StringBuilder(quote.group(2));
        quoted.put(quote.group(1).toLowerCase(java.util.Locale.ROOT), current);
      } else if (current != null) {
        current.append(' ').append(line.replaceFirst("^>\\s*", ""));
      } else {
        text.add(line.strip());
      }
    }
    return new Entry(
        start.group(1),
        String.join(" ", text).strip(),
        quoted.getOrDefault("intent", new StringBuilder()).toString(),
        quoted.getOrDefault("usual causes", new StringBuilder()).toString(),
        Optional.ofNullable(start.group(2)));
  }

  /** All rules, in the order of the text. */
  public List<Entry> rules() {
    return List.copyOf(rules.values());
  }

  /** The rule of that number. */
  public Optional<Entry> rule(String number) {
    return Optional.ofNullable(rules.get(number));
  }
}
