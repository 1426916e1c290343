package io.tlsport.fuzz;

import io.tlsport.ErrorCode;
import io.tlsport.TlsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What Jazzer runs, in a process of its own: one target or several, of which the first byte of an
 * input chooses one.
 */
public final class FuzzProgram {
  /** Names of the targets. */
  static final String TARGETS = "tlsport.fuzz.targets";

  /** The folder for seeds, which are written when the program starts. */
  static final String SEEDS = "tlsport.fuzz.seeds";

  private static List<Target> targets = List.of();

  private FuzzProgram() {}

  /** Called by Jazzer before it reads the seeds. */
  public static void fuzzerInitialize() throws Exception {
    targets =
        Arrays.stream(System.getProperty(TARGETS, "").split(",", -1)).map(Targets::named).toList();
    Path folder = Path.of(System.getProperty(SEEDS, ""));
    for (int i = 0; i < targets.size(); i++) {
      write(folder, (byte) i, targets.get(i));
    }
  }

  private static void write(Path folder, byte index, Target target) throws Exception {
    int number = 0;
    for (byte[] seed : target.seeds()) {
      byte[] input = new byte[seed.length + 1];
      input[0] = index;
      System.arraycopy(seed, 0, input, 1, seed.length);
      Files.write(folder.resolve(target.name() + '-' + number++), input);
      // A seed is read as it is, or it is none.
      fuzzerTestOneInput(input);
    }
    if (number == 0) {
      throw new IOException(target.name() + " has no seeds");
    }
  }

  /** Called by Jazzer with what it wants to try; what is thrown is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    Target target = targets.get((input[0] & 0xff) % targets.size());
    try {
      target.read(Arrays.copyOfRange(input, 1, input.length));
    } catch (TlsException typed) {
      if (typed.code() == ErrorCode.ERR_PROVIDER_FAILURE) {
        throw new AssertionError(target.name() + " does not know what is wrong", typed);
      }
    }
  }
}
