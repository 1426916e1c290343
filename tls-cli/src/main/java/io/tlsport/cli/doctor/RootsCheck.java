package io.tlsport.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Whether the JVM has roots that clients trust where {@code ca} is not given. */
final class RootsCheck implements Check {
  private static final String NAME = "root certificates";
  private static final String MEND =
      "install the package ca-certificates-java, or copy lib/security/cacerts of another JDK; or give"
          + " ca, or systemRoots(true), for which the package ca-certificates is enough";

  @Override
  public List<Finding> look(Machine machine) {
    List<Finding> findings = new ArrayList<>();
    Path file = Path.of(machine.property("java.home").orElse("/"), "lib", "security", "cacerts");
    findings.add(roots(machine, file));
    machine
        .property("javax.net.ssl.trustStore")
        .ifPresent(
            store ->
                findings.add(
                    Finding.warning(
                        NAME,
                        List.of(),
                        "javax.net.ssl.trustStore=" + store + " is not read by tlsport",
                        "give its certificates by ca, extraCa or defaultCa")));
    return findings;
  }

  private static Finding roots(Machine machine, Path file) {
    if (!Files.exists(file)) {
      return problem(file + " is missing, so that nobody is trusted by default");
    }
    try {
      List<X509Certificate> roots = read(file);
      if (roots.isEmpty()) {
        return problem(file + " has no certificate, so that nobody is trusted by default");
      }
      long expired =
          roots.stream()
              .filter(root -> root.getNotAfter().toInstant().isBefore(machine.now()))
              .count();
      if (expired * 2 > roots.size()) {
        return problem(expired + " of the " + roots.size() + " roots in " + file + " have expired");
      }
      return Finding.ok(NAME, roots.size() + " in " + file);
    } catch (IOException | GeneralSecurityException unreadable) {
      return problem(file + " cannot be read (" + unreadable.getMessage() + ")");
    }
  }

  private static List<X509Certificate> read(Path file)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> roots = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(in, null);
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          roots.add(certificate);
        }
      }
    }
    return roots;
  }

  private static Finding problem(String found) {
    return Finding.problem(NAME, List.of(), found, MEND);
  }
}
