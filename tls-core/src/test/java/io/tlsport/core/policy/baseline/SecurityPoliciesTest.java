package io.tlsport.core.policy.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.tlsport.core.policy.cipher.CipherList;
import io.tlsport.core.policy.cipher.CipherSuite;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the policies are. One with a date never changes. A test that fails here says that somebody
 * else's defaults changed: that is a line in docs/policies.md and a bold one in the changelog, and
 * then a new snapshot.
 */
class SecurityPoliciesTest {
  private static final String SNAPSHOT = "policies.txt";

  @Test
  void areWhatTheyWere() throws IOException {
    String actual =
        SecurityPolicies.names().stream()
            .map(name -> SecurityPolicies.byName(name).orElseThrow())
            .map(SecurityPoliciesTest::text)
            .collect(Collectors.joining("\n"));
    try (InputStream in = SecurityPoliciesTest.class.getResourceAsStream(SNAPSHOT)) {
      assertNotNull(in, SNAPSHOT);
      assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), actual);
    }
  }

  /** Who changes what is good now adds a date, and lets the moving names follow. */
  @Test
  void movingNamesAreThoseOfTheNewestDate() {
    String newest =
        SecurityPolicies.names().stream()
            .filter(name -> name.matches("[0-9]{8}"))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    for (String kind : List.of("", "_tls13", "_fips")) {
      assertEquals(
          SecurityPolicies.byName(newest + kind),
          SecurityPolicies.byName("default" + kind).map(found -> found.withName(newest + kind)));
    }
  }

  private static String text(SecurityPolicy policy) {
    return "policy "
        + policy.name()
        + "\nversions "
        + policy.minVersion()
        + " to "
        + policy.maxVersion()
        + "\nciphers "
        + policy.ciphers()
        + "\ngroups "
        + policy.groups()
        + "\nschemes "
        + policy.schemes()
        + "\n"
        + CipherList.parse(policy.ciphers()).stream()
            .map(CipherSuite::name)
            .collect(Collectors.joining("\n", "", "\n"));
  }
}
