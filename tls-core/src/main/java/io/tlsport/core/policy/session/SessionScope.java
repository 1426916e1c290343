package io.tlsport.core.policy.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What sessions are bound to: who we are, whom we trust, and the application's own word. Equal on
 * all instances of a fleet that are configured alike, and on no others: every part goes into the
 * digest behind its length, so that none can pass for the end of the one before it.
 */
public final class SessionScope {
  private SessionScope() {}

  /**
   * The digest in hexadecimal.
   *
   * @param digest a new one
   * @param idContext the application's {@code sessionIdContext}
   * @param identities our certificates, in DER
   * @param trusted the trust anchors, in DER
   */
  public static String of(
      MessageDigest digest,
      Optional<String> idContext,
      List<byte[]> identities,
      List<byte[]> trusted) {
    update(digest, idContext.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
    update(digest, identities);
    update(digest, trusted);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, List<byte[]> parts) {
    number(digest, parts.size());
    for (byte[] part : parts) {
      number(digest, part.length);
      digest.update(part);
    }
  }

  private static void number(MessageDigest digest, int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
  }
}
