package io.tlsport.core.policy.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionScopeTest {
  private static final Optional<String> NONE = Optional.empty();

  private static List<byte[]> parts(String... parts) {
    return Stream.of(parts).map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static String scope(Optional<String> context, List<byte[]> own, List<byte[]> trusted) {
    try {
      return SessionScope.of(MessageDigest.getInstance("SHA-256"), context, own, trusted);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void isTheSameForThoseThatAreConfiguredAlike() {
    assertEquals(
        scope(Optional.of("app"), parts("me"), parts("root")),
        scope(Optional.of("app"), parts("me"), parts("root")));
    assertEquals(64, scope(NONE, parts(), parts()).length());
  }

  @Test
  void contextIsNoPartOfACertificate() {
    assertNotEquals(
        scope(Optional.of("ab"), parts("c"), parts()),
        scope(Optional.of("a"), parts("bc"), parts()));
    assertNotEquals(scope(Optional.of("a"), parts(), parts()), scope(NONE, parts("a"), parts()));
  }

  @Test
  void emptyContextIsOne() {
    assertNotEquals(scope(Optional.of(""), parts(), parts()), scope(NONE, parts(), parts()));
  }

  @Test
  void identityIsNoTrust() {
    assertNotEquals(scope(NONE, parts("a", "b"), parts()), scope(NONE, parts("a"), parts("b")));
    assertNotEquals(scope(NONE, parts("a"), parts()), scope(NONE, parts(), parts("a")));
  }

  @Test
  void certificatesHaveAnEnd() {
    assertNotEquals(scope(NONE, parts(), parts("ab", "c")), scope(NONE, parts(), parts("a", "bc")));
    assertNotEquals(scope(NONE, parts(), parts("a", "b")), scope(NONE, parts(), parts("ab")));
  }
}
