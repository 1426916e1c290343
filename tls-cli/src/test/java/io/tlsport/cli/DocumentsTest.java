package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.Duplex;
import io.tlsport.ErrorCode;
import io.tlsport.SecureContextOptions;
import io.tlsport.SecurePair;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name exists, and what they promise to name they name. */
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("\\b(ERR_[A-Z0-9_]+)\\b");

  private static List<String> found(Pattern pattern, Document document) {
    return pattern.matcher(document.prose()).results().map(MatchResult::group).toList();
  }

  @Test
  void linksLeadToFilesAndHeadings() throws IOException {
    List<String> broken = new java.util.ArrayList<>();
    for (Document document : Document.all()) {
      for (MatchResult link : LINK.matcher(document.prose()).results().toList()) {
        String target = link.group(1);
        if (!target.startsWith("https://") && !leadsSomewhere(document, target)) {
          broken.add(document.name() + " -> " + target);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean leadsSomewhere(Document document, String link) throws IOException {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? document.target(fileName(document)) : document.target(file);
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0
        || new Document(link, Files.readString(target))
            .anchors()
            .contains(link.substring(hash + 1));
  }

  private static String fileName(Document document) {
    return document.name().substring(document.name().lastIndexOf('/') + 1);
  }

  @Test
  void errorCodesExist() throws IOException {
    Set<String> known =
        Arrays.stream(ErrorCode.values()).map(ErrorCode::code).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>();
    for (Document document : Document.all()) {
      found(CODE, document).stream().filter(code -> !known.contains(code)).forEach(unknown::add);
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void fromNodeNamesEveryMethodOfTheApi() throws IOException {
    Document document = Document.read("docs/from-node.md");
    Map<String, Class<?>> owners =
        Map.of(
            "Tls", Tls.class,
            "Tls.Builder", Tls.Builder.class,
            "Server", Server.class,
            "TLSSocket", TLSSocket.class,
            "Duplex", Duplex.class,
            "SecurePair", SecurePair.class,
            "ServerOptions", ServerOptions.Builder.class,
            "ConnectOptions", ConnectOptions.Builder.class,
            "SocketOptions", SocketOptions.Builder.class,
            "SecureContextOptions", SecureContextOptions.Builder.class);
    Set<String> missing = new TreeSet<>();
    owners.forEach((owner, type) -> missing.addAll(missing(document, owner, type)));
    missing.addAll(
        missing(document, "ConnectionOptions", ConnectOptions.Builder.class.getSuperclass()));
    assertEquals(Set.of(), missing);
  }

  private static List<String> missing(Document document, String owner, Class<?> type) {
    return methods(type)
        .map(name -> owner + "." + name)
        .filter(name -> !document.namesInCode(name))
        .toList();
  }

  /** What a type adds to its supertypes, but for {@code build()} of options. */
  private static Stream<String> methods(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !isInherited(method))
        .map(Method::getName)
        .filter(name -> type == Tls.Builder.class || !name.equals("build"))
        .distinct();
  }

  private static boolean isInherited(Method method) {
    return method.getDeclaringClass() == TLSSocket.class
        && Arrays.stream(Duplex.class.getMethods())
            .anyMatch(
                other ->
                    other.getName().equals(method.getName())
                        && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
  }

  @Test
  void capabilitiesExist() throws IOException {
    Set<String> known =
        Arrays.stream(Capability.values()).map(Enum::name).collect(Collectors.toSet());
    Pattern declared = Pattern.compile("Capability\\.([A-Z0-9_]+)");
    Set<String> unknown = new TreeSet<>();
    for (Document document : Document.all()) {
      declared
          .matcher(document.text())
          .results()
          .map(found -> found.group(1))
          .filter(name -> !known.contains(name))
          .forEach(unknown::add);
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void noPartOfADocumentIsAReminder() throws IOException {
    for (Document document : Document.all()) {
      assertTrue(
          !document.text().contains("TODO") && !document.text().contains("FIXME"),
          () -> document.name() + " has a reminder in it");
    }
  }
}
