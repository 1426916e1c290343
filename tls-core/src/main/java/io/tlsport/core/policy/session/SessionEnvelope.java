package io.tlsport.core.policy.session;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Session;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a {@link Session} holds: a provider's own bytes, and what they are good for.
 *
 * @param origin who made it, and can use it
 * @param binding digest of host, trust and identity, for which alone it is offered
 * @param ticket the server's ticket, if it gave one
 * @param data the provider's bytes
 */
// Never compared.
@SuppressWarnings("ArrayRecordComponent")
public record SessionEnvelope(
    SessionOrigin origin, byte[] binding, Optional<byte[]> ticket, byte[] data) {
  /** "tls", and the version of this format. */
  private static final int MAGIC = 0x746C7302;

  private static final int ABSENT = -1;

  /** The session that the application gets. */
  public Session session() {
    byte[] name = origin.provider().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(
            6 * Integer.BYTES
                + name.length
                + size(origin.instance())
                + binding.length
                + size(ticket)
                + data.length);
    out.putInt(MAGIC);
    out.putInt(name.length).put(name);
    put(out, origin.instance());
    out.putInt(binding.length).put(binding);
    put(out, ticket);
    out.putInt(data.length).put(data);
    return Session.of(out.array());
  }

  private static int size(Optional<byte[]> bytes) {
    return bytes.map(present -> present.length).orElse(0);
  }

  private static void put(ByteBuffer out, Optional<byte[]> bytes) {
    bytes.ifPresentOrElse(
        present -> out.putInt(present.length).put(present), () -> out.putInt(ABSENT));
  }

  /**
   * Reads what the application gives.
   *
   * @throws ConfigurationException if these bytes are no session ({@link
   *     ErrorCode#ERR_INVALID_ARG_VALUE})
   */
  public static SessionEnvelope of(Session session) {
    ByteBuffer in = ByteBuffer.wrap(session.export());
    try {
      if (in.getInt() == MAGIC) {
        String provider = new String(part(in, in.getInt()), StandardCharsets.US_ASCII);
        Optional<byte[]> instance = optional(in);
        byte[] binding = part(in, in.getInt());
        Optional<byte[]> ticket = optional(in);
        byte[] data = part(in, in.getInt());
        if (!in.hasRemaining()) {
          return new SessionEnvelope(new SessionOrigin(provider, instance), binding, ticket, data);
        }
      }
    } catch (BufferUnderflowException damaged) {
      throw refused(damaged);
    }
    throw refused(null);
  }

  private static ConfigurationException refused(@org.jspecify.annotations.Nullable Throwable why) {
    String message = "session: these bytes are no session; give what getSession() gave, unchanged";
    return why == null
        ? new ConfigurationException(ErrorCode.ERR_INVALID_ARG_VALUE, message)
        : new ConfigurationException(ErrorCode.ERR_INVALID_ARG_VALUE, message, why);
  }

  private static Optional<byte[]> optional(ByteBuffer in) {
    int size = in.getInt();
    return size == ABSENT ? Optional.empty() : Optional.of(part(in, size));
  }

  private static byte[] part(ByteBuffer in, int size) {
    if (size < 0 || size > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[size];
    in.get(bytes);
    return bytes;
  }

  /** Whether it may be offered there. */
  public boolean isFor(byte[] wanted) {
    return Arrays.equals(binding, wanted);
  }
}
