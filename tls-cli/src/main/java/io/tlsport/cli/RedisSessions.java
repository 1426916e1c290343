package io.tlsport.cli;

import io.tlsport.SessionStore;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in a Redis server that several machines share. Two commands of RESP2, {@code SET} and
 * {@code GET}, over one connection, which is made again after a failure.
 */
final class RedisSessions implements SessionStore {
  /** The port that Redis is usually found at. */
  static final int PORT = 6379;

  private static final String KEY_PREFIX = "tlsport:session:";

  /** Longer than any session is good for; Redis forgets it then. */
  private static final String KEEP_SECONDS = "86400";

  private static final int TIMEOUT_MILLIS = 2000;
  private static final int LONGEST_REPLY = 1024 * 1024;

  private final InetSocketAddress server;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  /** The store at that address; nothing is connected yet. */
  RedisSessions(String host, int port) {
    server = new InetSocketAddress(host, port);
  }

  @Override
  public CompletionStage<Void> newSession(byte[] sessionId, byte[] sessionData) {
    byte[] key = key(sessionId);
    byte[] data = sessionData.clone();
    return CompletableFuture.runAsync(
        () -> ask(ascii("SET"), key, data, ascii("EX"), ascii(KEEP_SECONDS)));
  }

  @Override
  public CompletionStage<Optional<byte[]>> resumeSession(byte[] sessionId) {
    byte[] key = key(sessionId);
    return CompletableFuture.supplyAsync(() -> ask(ascii("GET"), key));
  }

  private static byte[] key(byte[] sessionId) {
    return ascii(KEY_PREFIX + HexFormat.of().formatHex(sessionId));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private synchronized Optional<byte[]> ask(byte[]... words) {
    try {
      InputStream reply = connected();
      Socket current = socket;
      if (current != null) {
        current.getOutputStream().write(command(words));
      }
      return reply(reply);
    } catch (IOException failed) {
      disconnect();
      throw new CompletionException(
          new IOException("the session store at " + server + " failed: " + failed, failed));
    }
  }

  private InputStream connected() throws IOException {
    InputStream current = in;
    if (current != null) {
      return current;
    }
    Socket made = new Socket();
    socket = made;
    made.setSoTimeout(TIMEOUT_MILLIS);
    made.setTcpNoDelay(true);
    made.connect(new InetSocketAddress(server.getHostString(), server.getPort()), TIMEOUT_MILLIS);
    InputStream opened = new BufferedInputStream(made.getInputStream());
    in = opened;
    return opened;
  }

  private void disconnect() {
    Socket current = socket;
    socket = null;
    in = null;
    if (current != null) {
      try {
        current.close();
      } catch (IOException alreadyBroken) {
        // It is given up in any case.
      }
    }
  }

  private static byte[] command(byte[]... words) {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    command.writeBytes(ascii("*" + words.length + "\r\n"));
    for (byte[] word : words) {
      command.writeBytes(ascii("$" + word.length + "\r\n"));
      command.writeBytes(word);
      command.writeBytes(ascii("\r\n"));
    }
    return command.toByteArray();
  }

  private static Optional<byte[]> reply(InputStream in) throws IOException {
    String head = line(in);
    if (head.startsWith("+")) {
      return Optional.empty();
    }
    if (!head.startsWith("$")) {
      throw new IOException("it answered \"" + head + '"');
    }
    int length = Integer.parseInt(head.substring(1));
    if (length < 0) {
      return Optional.empty();
    }
    if (length > LONGEST_REPLY) {
      throw new IOException("it answered with " + length + " bytes");
    }
    byte[] data = in.readNBytes(length);
    if (data.length < length || !line(in).isEmpty()) {
      throw new EOFException("its answer ends early");
    }
    return Optional.of(data);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0 || line.length() > 256) {
        throw new EOFException("its answer ends early");
      }
      line.append((char) next);
    }
    if (in.read() != '\n') {
      throw new IOException("its answer is no RESP");
    }
    return line.toString();
  }
}
