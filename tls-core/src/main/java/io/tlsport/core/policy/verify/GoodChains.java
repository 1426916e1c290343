package io.tlsport.core.policy.verify;

import io.tlsport.spi.JcaServices;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Chains in which nothing was found wrong, and from when to when that stays so: servers show the
 * same one to every connection. Only where nothing but time can change the verdict. Safe for any
 * number of threads.
 */
final class GoodChains {
  private final KnownFacts<Window> windows;

  /** Both ends belong to it. */
  private record Window(Instant from, Instant to) {
    static Window of(List<X509Certificate> path) {
      Instant from = Instant.MIN;
      Instant to = Instant.MAX;
      for (X509Certificate certificate : path) {
        Instant begins = certificate.getNotBefore().toInstant();
        Instant ends = certificate.getNotAfter().toInstant();
        from = begins.isAfter(from) ? begins : from;
        to = ends.isBefore(to) ? ends : to;
      }
      return new Window(from, to);
    }

    boolean holds(Instant now) {
      return !now.isBefore(from) && !now.isAfter(to);
    }
  }

  GoodChains(JcaServices jca) {
    this.windows = new KnownFacts<>(jca);
  }

  /** True if that chain was good, and still is. */
  boolean has(List<X509Certificate> chain, Purpose purpose, Instant now) {
    try {
      return windows.find(name(chain, purpose)).filter(window -> window.holds(now)).isPresent();
    } catch (GeneralSecurityException unnamed) {
      return false;
    }
  }

  /**
   * Remembers a chain.
   *
   * @param path what it was good by: while each of these is valid, it stays good
   */
  void add(List<X509Certificate> chain, Purpose purpose, List<X509Certificate> path) {
    try {
      windows.put(name(chain, purpose), Window.of(path));
    } catch (GeneralSecurityException unnamed) {
      // Then it is judged each time.
    }
  }

  private ByteBuffer name(List<X509Certificate> chain, Purpose purpose)
      throws GeneralSecurityException {
    List<byte[]> encodings = new ArrayList<>(chain.size() + 1);
    encodings.add(purpose.extendedKeyUsage().getBytes(StandardCharsets.US_ASCII));
    for (X509Certificate certificate : chain) {
      encodings.add(certificate.getEncoded());
    }
    return windows.name(encodings);
  }
}
