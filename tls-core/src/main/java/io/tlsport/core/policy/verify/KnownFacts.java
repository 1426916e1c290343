package io.tlsport.core.policy.verify;

import io.tlsport.spi.JcaServices;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was computed once about certificates and does not change: the latest facts that were used,
 * by their SHA-256. Safe for any number of threads.
 *
 * @param <V> what is known beside the fact
 */
final class KnownFacts<V> {
  private static final int REMEMBERED = 1000;

  private final JcaServices jca;
  private final Map<ByteBuffer, V> facts = Collections.synchronizedMap(new Latest<>());

  KnownFacts(JcaServices jca) {
    this.jca = jca;
  }

  private static final class Latest<V> extends LinkedHashMap<ByteBuffer, V> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<ByteBuffer, V> eldest) {
      return size() > REMEMBERED;
    }
  }

  /** The name of a fact about these encodings, each of which tells its own length. */
  ByteBuffer name(Iterable<byte[]> encodings) throws GeneralSecurityException {
    MessageDigest digest = jca.messageDigest("SHA-256");
    encodings.forEach(digest::update);
    return ByteBuffer.wrap(digest.digest());
  }

  Optional<V> find(ByteBuffer name) {
    return Optional.ofNullable(facts.get(name));
  }

  void put(ByteBuffer name, V known) {
    facts.put(name, known);
  }
}
