package io.tlsport.provider.bcjsse;

import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The suites that BC-JSSE can negotiate. It lists more: those that the JVM's security properties
 * disable, which it then refuses to use, and those that need a DSA key, which nothing here loads.
 */
final class BcjsseSuites {
  private static final String DISABLED = "jdk.tls.disabledAlgorithms";

  private BcjsseSuites() {}

  static List<String> usable(List<String> supported) {
    String property = Security.getProperty(DISABLED);
    List<String> disabled =
        Arrays.stream((property == null ? "" : property).split(",", -1))
            .map(rule -> rule.strip().toUpperCase(Locale.ROOT))
            .toList();
    return supported.stream().filter(suite -> isUsable(suite, disabled)).toList();
  }

  private static boolean isUsable(String suite, List<String> disabled) {
    boolean disabledHere =
        (suite.contains("_anon_") && disabled.contains("ANON"))
            || (suite.contains("_WITH_NULL_") && disabled.contains("NULL"))
            || (suite.contains("_3DES_") && disabled.contains("3DES_EDE_CBC"));
    boolean integrityOnly = suite.startsWith("TLS_SHA");
    return !disabledHere && !integrityOnly && !suite.contains("_DSS_") && !suite.endsWith("_SCSV");
  }
}
