package io.tlsport.core.policy.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.PeerCertificate;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.policy.verify.AltNames.AltName;
import io.tlsport.spi.JcaServices;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Names of certificates: what they match, and how they are written. */
class NamesProperties {
  @Provide
  Arbitrary<String> label() {
    return Arbitraries.strings().withCharRange('a', 'f').ofMinLength(1).ofMaxLength(5);
  }

  @Provide
  Arbitrary<String> host() {
    return label().list().ofMinSize(2).ofMaxSize(4).map(labels -> String.join(".", labels));
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.oneOf(
            label(),
            Arbitraries.of(".", "*", "xn--", "A", "-"),
            Arbitraries.strings().ofMaxLength(1))
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 300)
  void aHostMatchesItsOwnNameInAnyCase(@ForAll("host") String host) {
    assertTrue(ServerIdentity.matches(host, host.toUpperCase(Locale.ROOT)));
    assertTrue(ServerIdentity.matches(host, host + "."));
    assertFalse(ServerIdentity.matches(host, "a." + host));
  }

  @Property(tries = 300)
  void aStarStandsForOneLabelOrAPartOfIt(
      @ForAll("label") String label, @ForAll("label") String inner, @ForAll("host") String host) {
    assertTrue(ServerIdentity.matches(label + "." + host, "*." + host));
    assertTrue(
        ServerIdentity.matches(
            label + inner + label + "." + host, label + "*" + label + "." + host));
    assertFalse(ServerIdentity.matches(label + "." + inner + "." + host, "*." + host));
    assertFalse(ServerIdentity.matches(host, "*." + host));
  }

  /** A pattern without a star is a name, and nothing but a pattern with one star is more. */
  @Property(tries = 1000)
  void nothingElseMatches(@ForAll("host") String host, @ForAll("anything") String pattern) {
    if (ServerIdentity.matches(host, pattern)) {
      String plain = pattern.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
      int star = plain.indexOf('*');
      assertTrue(star >= 0 ? star < plain.indexOf('.') : plain.equals(host), pattern);
      assertEquals(
          host.chars().filter(c -> c == '.').count(), plain.chars().filter(c -> c == '.').count());
    }
  }

  /** The strict rules only take away. */
  @Property(tries = 300)
  void whatTheStrictRulesAcceptNodesRulesAcceptToo(
      @ForAll("host") String host, @ForAll("anything") String pattern, @ForAll boolean star) {
    String parent = host.substring(host.indexOf('.') + 1);
    for (String name : List.of(pattern, star ? "*." + parent : host)) {
      PeerCertificate certificate =
          PeerCertificateReader.read(
              List.of(CertificateMaker.leaf("CN=x").hosts(name).make().certificate()),
              JcaServices.jdk());
      if (StrictIdentity.check(host, certificate).isEmpty()) {
        assertTrue(ServerIdentity.check(host, certificate).isEmpty(), name);
        assertTrue(name.equals(host) || name.equals("*." + parent), name);
      }
    }
  }

  @Property(tries = 1000)
  void anyPatternIsJudged(@ForAll String host, @ForAll String pattern) {
    assertFalse(ServerIdentity.matches(host, pattern) && pattern.isEmpty());
  }

  @Property(tries = 1000)
  void anyBytesGiveNames(@ForAll @Size(max = 60) byte[] bytes) {
    AltNames.text(AltNames.read(bytes)).ifPresent(NamesProperties::assertReadable);
    AltNames.text(AltNames.read(Der.octets(bytes))).ifPresent(NamesProperties::assertReadable);
    assertEquals(DistinguishedNameReader.read(bytes), DistinguishedNameReader.read(bytes));
  }

  private static void assertReadable(String text) {
    assertTrue(text.chars().allMatch(c -> c >= ' ' && c <= '~'), text);
  }

  /** The text can be taken apart again: no name can look like two, or like another kind. */
  @Property(tries = 500)
  void theTextSaysExactlyTheNames(@ForAll("names") List<AltName> names) {
    String text = AltNames.text(names).orElse("");
    assertReadable(text);
    assertEquals(names, takenApart(text));
  }

  @Provide
  Arbitrary<List<AltName>> names() {
    Arbitrary<String> latin =
        Arbitraries.oneOf(
                Arbitraries.of(", ", "DNS:", "\"", "\\", "'", ":", "\\u002c", "\0", "a.example"),
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(2))
            .list()
            .ofMaxSize(4)
            .map(parts -> String.join("", parts));
    return Arbitraries.of("DNS", "URI", "email")
        .flatMap(kind -> latin.map(value -> new AltName(kind, value)))
        .list()
        .ofMaxSize(4);
  }

  /** What a reader in JavaScript would do: a quoted name is JSON. */
  private static List<AltName> takenApart(String text) {
    List<AltName> names = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int colon = text.indexOf(':', at);
      String kind = text.substring(at, colon);
      StringBuilder value = new StringBuilder();
      at = colon + 1;
      if (at < text.length() && text.charAt(at) == '"') {
        for (at++; text.charAt(at) != '"'; at++) {
          char c = text.charAt(at);
          if (c != '\\') {
            value.append(c);
          } else if (text.charAt(++at) == 'u') {
            value.append((char) Integer.parseInt(text, at + 1, at + 5, 16));
            at += 4;
          } else {
            value.append(text.charAt(at));
          }
        }
        at++;
      } else {
        int end = text.indexOf(", ", at);
        value.append(text, at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end;
      }
      names.add(new AltName(kind, value.toString()));
      at += at < text.length() ? 2 : 0;
    }
    return names;
  }

  @Property(tries = 300)
  void namesAreReadAsTheyStandInTheCertificate(@ForAll("names") List<AltName> names) {
    byte[][] written =
        names.stream()
            .map(
                name ->
                    Der.tagged(
                        switch (name.kind()) {
                          case "DNS" -> GeneralName.DNS;
                          case "URI" -> GeneralName.URI;
                          default -> GeneralName.EMAIL;
                        },
                        name.value().getBytes(StandardCharsets.ISO_8859_1)))
            .toArray(byte[][]::new);
    assertEquals(names, AltNames.read(Der.octets(Der.sequence(written))));
  }
}
