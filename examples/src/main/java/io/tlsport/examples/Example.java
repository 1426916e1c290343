package io.tlsport.examples;

import io.tlsport.Pem;
import io.tlsport.TLSSocket;
import io.tlsport.TlsException;
import io.tlsport.UnsupportedFeatureException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What the examples share: arguments, a deadline, and failures that are sentences. */
final class Example {
  private static final int SECONDS = 30;

  private Example() {}

  /** What an example does with its arguments, and where it tells of it. */
  interface Body {
    void run(List<String> args, Consumer<String> out) throws IOException, InterruptedException;
  }

  /** Runs an example as a program. */
  static void main(String usage, String[] args, Body body) {
    int status = start(usage, List.of(args), body, System.out::println, System.err::println);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** The exit status: 1 what failed, 2 wrong arguments, 3 what the provider cannot do. */
  static int start(
      String usage, List<String> args, Body body, Consumer<String> out, Consumer<String> err) {
    if (args.size() != usage.chars().filter(c -> c == ' ').count()) {
      err.accept("usage: " + usage);
      return 2;
    }
    try {
      body.run(args, out);
      return 0;
    } catch (UnsupportedFeatureException refused) {
      err.accept(String.valueOf(refused.getMessage()));
      return 3;
    } catch (TlsException failed) {
      err.accept(failed.code() + ": " + failed.getMessage());
    } catch (IOException failed) {
      err.accept(String.valueOf(failed.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  /** Waits for what is to happen, on a thread that may wait. */
  static <T> T await(CompletionStage<T> stage) throws IOException, InterruptedException {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TlsException known) {
        throw known;
      }
      throw new IOException(String.valueOf(failed.getCause()), failed);
    } catch (TimeoutException late) {
      throw new IOException("not done within " + SECONDS + " s", late);
    }
  }

  /** The first line that arrives. */
  static String line(TLSSocket socket) throws IOException {
    InputStreamReader text = new InputStreamReader(socket.inputStream(), StandardCharsets.UTF_8);
    String line = new BufferedReader(text).readLine();
    return line == null ? "" : line;
  }

  /** A file's key or certificates. */
  static Pem pem(String file) {
    return Pem.read(Path.of(file));
  }
}
