package io.tlsport.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The three streams of a command. Output is not buffered, so that a broken pipe is an exception
 * where it happens.
 *
 * @param in what the user types or pipes in
 * @param out results, data and events
 * @param err remarks and errors, for people
 */
record Terminal(InputStream in, OutputStream out, PrintStream err) {
  /** The streams of this process. */
  static Terminal ofProcess() {
    return new Terminal(
        new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), errors());
  }

  // Text is UTF-8 everywhere here: JSON is by its standard, and the rest follows it.
  private static PrintStream errors() {
    return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  }

  /** Text on standard output. */
  void print(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  /** One remark on standard error. */
  void note(String sentence) {
    err.println("tls: " + sentence);
  }
}
