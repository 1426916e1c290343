package io.tlsport.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events for people: a line each, with what is worth reading and nothing that is not there. */
final class TextEvents implements Events {
  private final OutputStream out;

  /** Events on that stream. */
  TextEvents(OutputStream out) {
    this.out = out;
  }

  @Override
  public void emit(String event, Members members) {
    StringBuilder line = new StringBuilder(event);
    members.values().forEach((name, value) -> append(line, name, value));
    byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    try {
      synchronized (this) {
        out.write(bytes);
        out.flush();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void append(StringBuilder line, String name, @Nullable Object value) {
    String text = text(name, value);
    if (!text.isEmpty()) {
      line.append(' ').append(name).append('=').append(text);
    }
  }

  private static String text(String name, @Nullable Object value) {
    if (value == null || (value instanceof Boolean flag && !flag && !isVerdict(name))) {
      return "";
    }
    if (value instanceof Members nested) {
      return nested(name, nested.values());
    }
    String text = value.toString();
    return text.indexOf(' ') < 0 ? text : '"' + text + '"';
  }

  /** A false that tells something; elsewhere it stands for nothing. */
  private static boolean isVerdict(String name) {
    return name.equals("authorized") || name.equals("cleanly");
  }

  private static String nested(String name, Map<String, @Nullable Object> values) {
    if (name.equals("cipher")) {
      return String.valueOf(values.get("name"));
    }
    return values.get("subject") instanceof Map<?, ?> subject ? '"' + name(subject) + '"' : "";
  }

  private static String name(Map<?, ?> subject) {
    List<String> parts = new ArrayList<>();
    subject.forEach((attribute, value) -> parts.add(attribute + "=" + value));
    return String.join(", ", parts);
  }
}
