package io.tlsport.provider.bcjsse.fips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the tests of this module run with. */
class ClassPathTest {
  private static List<String> bouncyCastle() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> new File(entry).getName())
        .filter(name -> name.startsWith("bc"))
        .toList();
  }

  @Test
  void onlyTheFipsStackIsThere() {
    assertEquals(
        List.of("bc-fips.jar", "bctls-fips.jar", "bcutil-fips.jar", "bcpkix-fips.jar"),
        bouncyCastle());
    assertNotNull(
        getClass().getResource("/org/bouncycastle/jcajce/provider/BouncyCastleFipsProvider.class"));
    assertEquals(
        null, getClass().getResource("/org/bouncycastle/jce/provider/BouncyCastleProvider.class"));
    assertTrue(Boolean.getBoolean("org.bouncycastle.fips.approved_only"));
  }
}
