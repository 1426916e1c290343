package io.tlsport.tck.report;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** As much of JSON's writing as reports need: the kit brings no library for it. */
final class Json {
  /** Characters below it have to be escaped. */
  private static final char PRINTABLE = ' ';

  private Json() {}

  /** Members from names and values in turn, in that order. */
  static Map<String, Object> members(Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return members;
  }

  /** An object, a list, a string, or what else prints as it is. */
  static String of(Object value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, Object value) {
    if (value instanceof Map<?, ?> map) {
      text.append('{');
      for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
        Map.Entry<?, ?> member = i.next();
        string(text, String.valueOf(member.getKey()));
        text.append(':');
        append(text, member.getValue());
        text.append(i.hasNext() ? "," : "");
      }
      text.append('}');
    } else if (value instanceof Iterable<?> list) {
      text.append('[');
      for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
        append(text, i.next());
        text.append(i.hasNext() ? "," : "");
      }
      text.append(']');
    } else if (value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else {
      string(text, String.valueOf(value));
    }
  }

  private static void string(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        default -> {
          if (c < PRINTABLE) {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
