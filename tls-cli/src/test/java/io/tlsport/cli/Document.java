package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document of the project, as it lies in the source tree.
 *
 * @param name its path from the root
 * @param text its content
 */
record Document(String name, String text) {
  private static final Path ROOT = Path.of(Objects.requireNonNull(property("tlsport.root")));

  private static String property(String key) {
    return System.getProperty(key);
  }

  /** Where the source tree lies. */
  static Path root() {
    return ROOT;
  }

  static Document read(String name) throws IOException {
    return new Document(name, Files.readString(ROOT.resolve(name)));
  }

  /** Every document that a reader may start with. */
  static List<Document> all() throws IOException {
    try (Stream<Path> root = Files.list(ROOT);
        Stream<Path> docs = Files.list(ROOT.resolve("docs"));
        Stream<Path> modules = Files.list(ROOT)) {
      Stream<Path> ofModules =
          modules.map(module -> module.resolve("README.md")).filter(Files::exists);
      List<String> names =
          Stream.of(root, docs, ofModules)
              .flatMap(files -> files)
              .filter(file -> file.toString().endsWith(".md"))
              .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
      List<Document> documents = new java.util.ArrayList<>();
      for (String name : names) {
        documents.add(read(name));
      }
      return documents;
    }
  }

  /** The fenced blocks of a language, in order. */
  List<String> blocks(String language) {
    return Pattern.compile("^```" + language + "\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** The text without fenced blocks. */
  String prose() {
    return Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(text)
        .replaceAll("");
  }

  /** True if code in the prose names that, as a whole word. */
  boolean namesInCode(String word) {
    return Pattern.compile("`[^`\n]*(?<![\\w.])" + Pattern.quote(word) + "(?!\\w)[^`\n]*`")
        .matcher(prose())
        .find();
  }

  /** The names of the headings as links spell them. */
  List<String> anchors() {
    return Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
        .matcher(prose())
        .results()
        .map(heading -> anchor(heading.group(1)))
        .toList();
  }

  private static String anchor(String heading) {
    return heading
        .toLowerCase(java.util.Locale.ROOT)
        .replaceAll("[^\\w\\- ]", "")
        .replace(' ', '-');
  }

  /** The file that a link of this document leads to. */
  Path target(String link) {
    return ROOT.resolve(name).resolveSibling(link).normalize();
  }

  /** This document with another content in the generated part of that name. */
  Document withPart(String part, String content) {
    String begin = "<!-- begin: " + part + " -->\n";
    String end = "<!-- end: " + part + " -->";
    Matcher found =
        Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
            .matcher(text);
    assertTrue(found.find(), () -> name + " has no part \"" + part + "\"");
    return new Document(
        name,
        text.substring(0, found.start()) + begin + content + end + text.substring(found.end()));
  }

  /**
   * Fails unless the file in the source tree has this text; it then lies beside the tests. With
   * {@code -Ddocuments=write} the file is written in place.
   */
  void requireInPlace() throws IOException {
    if (!read(name).equals(this)) {
      if ("write".equals(property("documents"))) {
        Files.writeString(ROOT.resolve(name), text);
        return;
      }
      Path corrected = ROOT.resolve("tls-cli/target/documents").resolve(name);
      Files.createDirectories(Objects.requireNonNull(corrected.getParent()));
      Files.writeString(corrected, text);
      fail(
          name
              + " does not say what the code declares; look at the difference to "
              + ROOT.relativize(corrected)
              + " and copy it");
    }
  }
}
