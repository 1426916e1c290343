package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of README.md compile, and talk to each other. */
class ReadmeTest {
  private static final Pattern PORT = Pattern.compile("port=(\\d+)");

  @TempDir Path folder = Path.of("");

  /**
   * An example as the body of a method.
   *
   * @param name of its class
   * @param body as it stands in the document, but for what a test must choose itself
   */
  private record Example(String name, String body) {
    Example with(String from, String to) {
      assertTrue(body.contains(from), () -> name + " has no " + from + " any more");
      return new Example(name, body.replace(from, to));
    }

    String source() {
      return "import io.tlsport.*;\n"
          + "import java.nio.file.Path;\n"
          + "import java.util.concurrent.TimeUnit;\n"
          + "public final class "
          + name
          + " {\n"
          + "  public static void run(\n"
          + "      java.util.function.Consumer<String> printed, java.io.OutputStream out)\n"
          + "      throws Exception {\n"
          + body
          + "  }\n}\n";
    }
  }

  private static Example example(int index, String name) throws IOException {
    List<String> blocks = Document.read("README.md").blocks("java");
    assertEquals(2, blocks.size(), "a server and a client");
    return new Example(name, blocks.get(index));
  }

  private static String quoted(Path file) {
    return "\"" + file.toString().replace("\\", "\\\\") + "\"";
  }

  private Path certificate() throws IOException, GeneralSecurityException {
    Credential made =
        new CertificateMaker(InstantSource.system())
            .selfSigned(
                new CertificateMaker.Wish(
                    KeyType.EC, ServeCommand.LOCALHOST, false, Duration.ofDays(1)));
    Files.writeString(folder.resolve("key.pem"), made.keyPem());
    return Files.writeString(folder.resolve("cert.pem"), made.certificatePem());
  }

  private void compile(Example example) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///" + example.name() + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return example.source();
          }
        };
    List<String> options =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-d",
            folder.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    boolean compiled =
        compiler.getTask(null, null, problems, options, null, List.of(source)).call();
    assertTrue(compiled, () -> example.source() + problems.getDiagnostics());
  }

  private void run(Example example, Consumer<String> printed, OutputStream out) throws Exception {
    compile(example);
    URL[] classes = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      loader
          .loadClass(example.name())
          .getMethod("run", Consumer.class, OutputStream.class)
          .invoke(null, printed, out);
    }
  }

  private Throwable whyItStops(Example server, Consumer<String> printed) {
    try {
      run(server, printed, OutputStream.nullOutputStream());
      return new AssertionError("the server has stopped by itself");
    } catch (InvocationTargetException thrown) {
      return Objects.requireNonNullElse(thrown.getCause(), thrown);
    } catch (Exception | LinkageError broken) {
      return broken;
    }
  }

  @Test
  @Timeout(60)
  void examplesTalkToEachOther() throws Exception {
    Path certificate = certificate();
    Example server =
        example(0, "EchoServer")
            .with("\"key.pem\"", quoted(folder.resolve("key.pem")))
            .with("\"cert.pem\"", quoted(certificate))
            .with("8000", "0")
            .with("System.out.println(", "printed.accept(");
    CompletableFuture<String> bound = new CompletableFuture<>();
    CompletableFuture<Throwable> stopped = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              Throwable why = whyItStops(server, bound::complete);
              stopped.complete(why);
              bound.completeExceptionally(why);
            });
    thread.start();
    Matcher port = PORT.matcher(bound.get(30, TimeUnit.SECONDS));
    assertTrue(port.find());

    Example client =
        example(1, "EchoClient")
            .with("\"cert.pem\"", quoted(certificate))
            .with("8000", port.group(1))
            .with("System.out", "out");
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    run(client, line -> {}, received);
    assertEquals("welcome!\nhello\n", received.toString(StandardCharsets.UTF_8));

    thread.interrupt();
    assertEquals(InterruptedException.class, stopped.get(30, TimeUnit.SECONDS).getClass());
  }
}
