package io.tlsport.spi.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.ErrorCode;
import io.tlsport.ProviderException;
import io.tlsport.spi.ContextSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.KeyOnlyCertificate;
import io.tlsport.spi.Role;
import io.tlsport.spi.SessionMode;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class JsseContextsTest {
  private static JsseContexts contexts(SessionMode sessions) {
    ContextSpec spec =
        new ContextSpec(
            Role.SERVER,
            "scope",
            sessions,
            Duration.ofSeconds(77),
            InstantSource.system(),
            List.of(),
            List.of());
    return new JsseContexts(
        spec,
        () -> SSLContext.getInstance("TLS"),
        Optional.empty(),
        new PeerChecks(engine -> engine));
  }

  private static Identity identity() throws NoSuchAlgorithmException {
    KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    return new Identity(keys.getPrivate(), List.of(new KeyOnlyCertificate(keys.getPublic())));
  }

  @Test
  void makesOneContextForEachIdentity() throws NoSuchAlgorithmException {
    JsseContexts contexts = contexts(SessionMode.OWN);
    Identity identity = identity();
    SSLContext first = contexts.of(Optional.of(identity));
    assertSame(first, contexts.of(Optional.of(identity)));
    assertNotSame(first, contexts.of(Optional.of(identity())));
    assertNotSame(first, contexts.of(Optional.empty()));
  }

  @Test
  void visitsEveryContextThatWasMade() throws NoSuchAlgorithmException {
    JsseContexts contexts = contexts(SessionMode.OWN);
    SSLContext one = contexts.of(Optional.empty());
    SSLContext two = contexts.of(Optional.of(identity()));
    List<SSLContext> seen = new ArrayList<>();
    contexts.forEach(seen::add);
    assertEquals(2, seen.size());
    assertEquals(true, seen.containsAll(List.of(one, two)));
  }

  @Test
  void letsSessionsEndWhenTheSpecSays() {
    SSLContext context = contexts(SessionMode.OWN).of(Optional.empty());
    assertEquals(77, context.getServerSessionContext().getSessionTimeout());
  }

  @Test
  void keepsNoSessionsWhereNoneAreWanted() {
    SSLContext context = contexts(SessionMode.NONE).of(Optional.empty());
    assertEquals(1, context.getServerSessionContext().getSessionCacheSize());
  }

  @Test
  void blamesTheProviderThatRefusesAContext() {
    ContextSpec spec =
        new ContextSpec(
            Role.CLIENT,
            "",
            SessionMode.NONE,
            Duration.ofSeconds(1),
            InstantSource.system(),
            List.of(),
            List.of());
    JsseContexts contexts =
        new JsseContexts(
            spec,
            () -> {
              throw new NoSuchAlgorithmException("no such protocol");
            },
            Optional.empty(),
            new PeerChecks(engine -> engine));
    ProviderException refused =
        assertThrows(ProviderException.class, () -> contexts.of(Optional.empty()));
    assertEquals(ErrorCode.ERR_PROVIDER_FAILURE, refused.code());
  }
}
