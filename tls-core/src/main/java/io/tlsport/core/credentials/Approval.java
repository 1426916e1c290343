package io.tlsport.core.credentials;

import io.tlsport.spi.JcaServices;
import java.security.NoSuchAlgorithmException;

/** What a FIPS module does not compute is not computed beside it either. */
final class Approval {
  private Approval() {}

  /**
   * Refuses under a FIPS module.
   *
   * @param what the subject and verb of a sentence, such as {@code scrypt is}
   */
  static void requireOwnCode(JcaServices jca, String what) throws NoSuchAlgorithmException {
    if (jca.isModule()) {
      throw new NoSuchAlgorithmException(
          what
              + " no approved key derivation of the FIPS module, which has PBKDF2 alone (SP"
              + " 800-132); give the key as plain PKCS#8, or encrypted with PBKDF2");
    }
  }

  /**
   * Passes an error on that is no refusal: a module throws its own as an {@link Error}.
   *
   * @return what the module says
   */
  static String refusal(Error thrown) {
    if (thrown instanceof VirtualMachineError || thrown instanceof LinkageError) {
      throw thrown;
    }
    return "the FIPS module does not approve it: " + Source.reason(thrown);
  }
}
