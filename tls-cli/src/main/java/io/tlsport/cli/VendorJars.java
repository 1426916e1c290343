package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Another version of a vendor's jars, to be put in place of those that are bundled.
 *
 * @param provider the provider whose vendor it is
 * @param version which one
 */
record VendorJars(String provider, String version) {
  private static final String BOUNCY_CASTLE = "org.bouncycastle";
  private static final List<String> STACK =
      List.of("bcprov-jdk18on", "bcutil-jdk18on", "bcpkix-jdk18on", "bctls-jdk18on");
  private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:";

  private record Vendor(String group, List<String> artifacts) {}

  private static final Map<String, Vendor> VENDORS =
      Map.of(
          "conscrypt", new Vendor("org.conscrypt", List.of("conscrypt-openjdk-uber")),
          "bcjsse", new Vendor(BOUNCY_CASTLE, STACK),
          "bctls", new Vendor(BOUNCY_CASTLE, STACK));

  /**
   * Reads {@code PROVIDER=VERSION}.
   *
   * @throws ConfigurationException with the mend
   */
  static VendorJars parse(String text) {
    int equals = text.indexOf('=');
    String provider = equals < 0 ? text : text.substring(0, equals);
    String version = equals < 0 ? "" : text.substring(equals + 1);
    if (!VENDORS.containsKey(provider) || !version.matches("[0-9A-Za-z][0-9A-Za-z._-]*")) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "--with "
              + text
              + ": expected PROVIDER=VERSION with one of "
              + VENDORS.keySet().stream().sorted().toList()
              + ", such as conscrypt=2.5.2");
    }
    return new VendorJars(provider, version);
  }

  private Vendor vendor() {
    Vendor vendor = VENDORS.get(provider);
    if (vendor == null) {
      throw new IllegalStateException(provider + " has no vendor");
    }
    return vendor;
  }

  /** The artifacts that are replaced. */
  List<String> artifacts() {
    return vendor().artifacts();
  }

  /**
   * Has Maven put them into that folder: from its local repository, or from where it is set up to
   * look.
   *
   * @throws ConfigurationException if Maven does not find them
   */
  List<Path> fetch(Path folder, String pluginVersion) throws IOException, InterruptedException {
    for (String artifact : artifacts()) {
      Process maven =
          new ProcessBuilder(
                  "mvn",
                  "-q",
                  "-B",
                  "-Dstyle.color=never",
                  PLUGIN + pluginVersion + ":copy",
                  "-Dartifact=" + vendor().group() + ":" + artifact + ":" + version,
                  "-DoutputDirectory=" + folder)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      maven.getOutputStream().close();
      String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (maven.waitFor() != 0) {
        throw new ConfigurationException(
            ErrorCode.ERR_INVALID_ARG_VALUE,
            "Maven has no "
                + vendor().group()
                + ":"
                + artifact
                + ":"
                + version
                + ": "
                + said.lines().findFirst().orElse("it says nothing"));
      }
    }
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
    }
    return jars;
  }
}
