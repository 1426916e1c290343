package io.tlsport.core.policy.verify;

import io.tlsport.spi.JcaServices;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What was computed once about certificates and does not change: the latest facts that were used,
 * by their SHA-256. Safe for any number of threads.
 */
final class KnownFacts {
  private static final int REMEMBERED = 1000;

  private final JcaServices jca;
  private final Set<ByteBuffer> facts =
      Collections.synchronizedSet(Collections.newSetFromMap(new Latest()));

  KnownFacts(JcaServices jca) {
    this.jca = jca;
  }

  private static final class Latest extends LinkedHashMap<ByteBuffer, Boolean> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  }

  /** The name of a fact about these encodings, each of which tells its own length. */
  ByteBuffer name(Iterable<byte[]> encodings) throws GeneralSecurityException {
    MessageDigest digest = jca.messageDigest("SHA-256");
    encodings.forEach(digest::update);
    return ByteBuffer.wrap(digest.digest());
  }

  boolean has(ByteBuffer name) {
    return facts.contains(name);
  }

  void add(ByteBuffer name) {
    facts.add(name);
  }
}
