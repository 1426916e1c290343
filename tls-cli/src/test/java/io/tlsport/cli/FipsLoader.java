package io.tlsport.cli;

import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import java.nio.file.Path;

/**
 * Loads identities in approved mode: its arguments are key, certificate and passphrase, again and
 * again, or a file that ends in {@code .pfx} in place of the key. A line for each.
 */
public final class FipsLoader {
  private FipsLoader() {}

  /** Says of each whether it loads, or why not. */
  public static void main(String[] arguments) {
    try (Tls tls = Tls.builder().provider("bcjsse").requireFips().build()) {
      for (int i = 0; i < arguments.length; i += 3) {
        Pem first = Pem.read(Path.of(arguments[i]));
        SecureContextOptions.Builder options =
            SecureContextOptions.builder().passphrase(arguments[i + 2]);
        if (arguments[i].endsWith(".pfx")) {
          options.pfx(first);
        } else {
          options.key(first).cert(Pem.read(Path.of(arguments[i + 1])));
        }
        try {
          tls.createSecureContext(options.build());
          System.out.println("loaded");
        } catch (TlsException refused) {
          System.out.println(refused.getMessage());
        }
      }
    }
  }
}
