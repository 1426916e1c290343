package io.tlsport.core.policy.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.commons.support.AnnotationSupport;

/** What the ledger names as proof is a test. Its table against Node is another test's. */
class VerdictLedgerTest {
  private static final List<String> PACKAGES =
      List.of("io.tlsport.core.policy.verify.", "io.tlsport.core.credentials.");

  @Test
  void everyDifferenceNamesATestThatExists() throws IOException {
    List<String> proofs = VerdictLedger.proofs();
    assertTrue(proofs.size() > 10, proofs::toString);
    assertEquals(List.of(), proofs.stream().filter(proof -> !isTest(proof)).toList());
  }

  private static boolean isTest(String proof) {
    return PACKAGES.stream().anyMatch(folder -> isTest(folder, proof));
  }

  private static boolean isTest(String folder, String proof) {
    int dot = proof.indexOf('.');
    try {
      return Arrays.stream(Class.forName(folder + proof.substring(0, dot)).getDeclaredMethods())
          .filter(method -> method.getName().equals(proof.substring(dot + 1)))
          .anyMatch(
              method ->
                  AnnotationSupport.isAnnotated(method, Test.class)
                      || AnnotationSupport.isAnnotated(method, ParameterizedTest.class));
    } catch (ClassNotFoundException unknown) {
      return false;
    }
  }
}
