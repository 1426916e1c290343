package io.tlsport.provider.bcjsse.fips;

import io.tlsport.ConfigurationException;
import io.tlsport.Tls;

/**
 * Sets approved mode from code, as some do: it holds for this thread alone. Prints what comes of
 * building a runtime; its argument is the provider.
 */
public final class OneThreadProgram {
  private OneThreadProgram() {}

  /** Builds, with approved mode set on the calling thread if there is a second argument. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    if (arguments.length > 1) {
      Class.forName("org.bouncycastle.crypto.CryptoServicesRegistrar")
          .getMethod("setApprovedOnlyMode", boolean.class)
          .invoke(null, true);
    }
    try (Tls tls = Tls.builder().provider(arguments[0]).requireFips().build()) {
      System.out.println("started " + tls.fipsStatus());
    } catch (ConfigurationException refused) {
      System.out.println(refused.code().code() + " " + refused.getMessage());
    }
  }
}
