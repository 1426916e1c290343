package io.tlsport.provider.bcjsse.fips;

import io.tlsport.tck.ProviderUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a kit if anything but the FIPS module was asked for cryptography. The JVM records every
 * look-up of a cipher, signature, digest and so on in a provider, with who asked; what the tests
 * ask for themselves does not count.
 */
final class OnlyTheModule implements BeforeAllCallback, AfterAllCallback {
  private static final String LOOK_UP = "jdk.SecurityProviderService";

  /** A digest that nobody else asks for. */
  private static final String KNOWN = "SHA-512/224";

  private static final List<String> OF_THE_JDK =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

  /** Who may ask whom he likes: they are no part of what is approved. */
  private static final List<String> OF_THE_TESTS =
      List.of(
          "io.tlsport.tck.",
          "io.tlsport.testpki.",
          "io.tlsport.provider.bcjsse.fips.",
          "org.junit.");

  private Recording recording = new Recording();

  @Override
  public void beforeAll(ExtensionContext context) {
    if (isKit(context)) {
      recording = new Recording();
      recording.enable(LOOK_UP).withStackTrace();
      recording.start();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException, GeneralSecurityException {
    if (isKit(context)) {
      try (Recording done = recording) {
        // One that must be seen: without it a JVM that records nothing would look clean.
        MessageDigest.getInstance(KNOWN, "SUN");
        done.stop();
        judge(done);
      }
    }
  }

  /** Not one of its contracts, which have the extensions of the kit that they are in. */
  private static boolean isKit(ExtensionContext context) {
    return ProviderUnderTest.class.isAssignableFrom(context.getRequiredTestClass());
  }

  private static void judge(Recording recording) throws IOException {
    Path file = Files.createTempFile("look-ups", ".jfr");
    try {
      recording.dump(file);
      boolean seen = false;
      Map<String, Integer> others = new TreeMap<>();
      try (RecordingFile events = new RecordingFile(file)) {
        while (events.hasMoreEvents()) {
          RecordedEvent event = events.readEvent();
          if (!event.getEventType().getName().equals(LOOK_UP)) {
            // Events of tlsport are in every recording.
            continue;
          }
          seen |= event.getString("algorithm").equals(KNOWN);
          violation(event).ifPresent(text -> others.merge(text, 1, Integer::sum));
        }
      }
      if (!seen) {
        throw new AssertionError("the JVM recorded no look-ups: this proves nothing");
      }
      if (!others.isEmpty()) {
        StringBuilder text = new StringBuilder("cryptography outside of the FIPS module:\n");
        others.forEach((what, count) -> text.append(count).append(" x ").append(what).append('\n'));
        throw new AssertionError(text.toString());
      }
    } finally {
      Files.delete(file);
    }
  }

  private static Optional<String> violation(RecordedEvent event) {
    List<String> frames =
        event.getStackTrace() == null
            ? List.of()
            : event.getStackTrace().getFrames().stream().map(OnlyTheModule::text).toList();
    // The module finds its services itself, and would not be recorded; its engine is.
    if (event.getString("provider").startsWith("BC") || isOfClassLoading(frames)) {
      return Optional.empty();
    }
    Optional<String> asker =
        frames.stream()
            .filter(frame -> OF_THE_JDK.stream().noneMatch(frame::startsWith))
            .findFirst();
    if (event.getString("type").equals("SecureRandom") && isNoSecret(frames, asker)) {
      return Optional.empty();
    }
    if (asker.isPresent() && OF_THE_TESTS.stream().anyMatch(asker.get()::startsWith)) {
      return Optional.empty();
    }
    return Optional.of(
        event.getString("type")
            + " "
            + event.getString("algorithm")
            + " of "
            + event.getString("provider")
            + " for "
            + asker.orElse("the JDK itself: " + frames));
  }

  private static String text(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  /** The JVM checks the signatures of jars when it loads their classes. */
  private static boolean isOfClassLoading(List<String> frames) {
    return frames.stream()
        .anyMatch(
            frame ->
                frame.startsWith("java.util.jar.")
                    || frame.startsWith("sun.security.util.ManifestEntryVerifier"));
  }

  /**
   * The module takes its entropy from the JVM, as its security policy has it. Java's own class for
   * key agreement has the JVM's generator at hand too, of which nothing makes use: in approved mode
   * the module refuses keys from it. The JVM makes up names for Unix domain sockets.
   */
  private static boolean isNoSecret(List<String> frames, Optional<String> asker) {
    return asker.filter(frame -> frame.startsWith("org.bouncycastle.")).isPresent()
        || frames.stream().anyMatch(frame -> frame.startsWith("sun.nio.ch.UnixDomainSockets"));
  }
}
