package io.tlsport.spi.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tlsport.spi.Identity;
import io.tlsport.spi.KeyOnlyCertificate;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingleIdentityKeyManagerTest {
  private static Identity identity(String algorithm) throws NoSuchAlgorithmException {
    KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    return new Identity(keys.getPrivate(), List.of(new KeyOnlyCertificate(keys.getPublic())));
  }

  /** The key types are those that the JDK, Conscrypt and Bouncy Castle ask with. */
  @ParameterizedTest
  @CsvSource({
    "RSA, RSA, true",
    "RSA, KE:RSA, true",
    "RSA, ECDHE_RSA, true",
    "RSA, DHE_RSA, true",
    "RSA, EC, false",
    "RSA, RSASSA-PSS, false",
    "RSA, ECDHE_ECDSA, false",
    "RSA, Ed25519, false",
    "EC, EC, true",
    "EC, EC/secp256r1, true",
    "EC, ECDHE_ECDSA, true",
    "EC, RSA, false",
    "EC, ECDHE_RSA, false",
    "EC, EdDSA, false",
    "Ed25519, EdDSA, true",
    "Ed25519, Ed25519, true",
    "Ed25519, EC, false",
    "Ed25519, RSA, false",
    "RSASSA-PSS, RSASSA-PSS, true",
    "RSASSA-PSS, RSA, false"
  })
  void showsItsIdentityWhereTheKeyTypeFits(String algorithm, String keyType, boolean fits)
      throws NoSuchAlgorithmException {
    Identity identity = identity(algorithm);
    SingleIdentityKeyManager manager = new SingleIdentityKeyManager(identity);
    String alias = manager.chooseEngineServerAlias(keyType, null, null);
    assertEquals(fits, alias != null);
    assertEquals(alias, manager.chooseServerAlias(keyType, null, null));
    assertEquals(alias, manager.chooseEngineClientAlias(new String[] {keyType}, null, null));
    assertEquals(alias, manager.chooseClientAlias(new String[] {"none", keyType}, null, null));
    assertEquals(fits, manager.getServerAliases(keyType, null) != null);
    assertEquals(fits, manager.getClientAliases(keyType, null) != null);
    if (alias != null) {
      assertSame(identity.key(), manager.getPrivateKey(alias));
      X509Certificate[] chain = manager.getCertificateChain(alias);
      assertNotNull(chain);
      assertArrayEquals(identity.chain().toArray(), chain);
    }
  }

  @Test
  void hasNothingUnderAnotherName() throws NoSuchAlgorithmException {
    SingleIdentityKeyManager manager = new SingleIdentityKeyManager(identity("EC"));
    assertNull(manager.getPrivateKey("other"));
    assertNull(manager.getCertificateChain("other"));
  }
}
