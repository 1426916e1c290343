package io.tlsport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private final KeyPair keys;

  IdentityTest() throws NoSuchAlgorithmException {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  @Test
  void needsACertificate() {
    assertThrows(IllegalArgumentException.class, () -> new Identity(keys.getPrivate(), List.of()));
  }

  @Test
  void isKnownByItsLeaf() {
    X509Certificate leaf = new KeyOnlyCertificate(keys.getPublic());
    X509Certificate issuer = new KeyOnlyCertificate(keys.getPublic());
    assertSame(leaf, new Identity(keys.getPrivate(), List.of(leaf, issuer)).certificate());
  }

  @Test
  void keepsACopyOfItsChain() {
    List<X509Certificate> given =
        new ArrayList<>(List.of(new KeyOnlyCertificate(keys.getPublic())));
    Identity identity = new Identity(keys.getPrivate(), given);
    given.clear();
    assertEquals(1, identity.chain().size());
  }
}
