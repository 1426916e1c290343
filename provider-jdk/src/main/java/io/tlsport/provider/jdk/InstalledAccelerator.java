package io.tlsport.provider.jdk;

import io.tlsport.ConfigurationException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/**
 * The one thing that tlsport does to the whole process, and only if an accelerator was asked for:
 * SunJSSE looks for cryptography in the JVM's list of providers alone, so an {@link
 * AcceleratorProvider} stands at its head from the first context of the first such {@code Tls} to
 * the end of the last. {@code Security.getProviders()} shows it; whoever is not a step of an
 * accelerated engine is served by the others as before. Safe for any number of threads.
 */
final class InstalledAccelerator {
  private static final Object LOCK = new Object();
  private static int users;

  private InstalledAccelerator() {}

  /**
   * One user more.
   *
   * @throws ConfigurationException if this JVM does not let it work; then nothing has changed
   */
  static void acquire(Accelerator accelerator) {
    synchronized (LOCK) {
      if (users == 0) {
        Security.insertProviderAt(new AcceleratorProvider(), 1);
      }
      users++;
      try {
        check(accelerator);
      } catch (GeneralSecurityException | RuntimeException | LinkageError refused) {
        release();
        throw Accelerator.unavailable(
            accelerator.name(), "does not work on this JVM: " + refused + "; leave it out");
      }
    }
  }

  /** One user less. */
  static void release() {
    synchronized (LOCK) {
      users--;
      if (users == 0) {
        Security.removeProvider(AcceleratorProvider.NAME);
      }
    }
  }

  /** Some JVMs take key agreements from signed providers only: then it must not look installed. */
  private static void check(Accelerator accelerator) throws GeneralSecurityException {
    Acceleration step = new Acceleration(accelerator, Optional.empty());
    step.enter();
    try {
      KeyPair one = pair();
      KeyPair plain = KeyPairGenerator.getInstance("X25519").generateKeyPair();
      boolean agreed = Arrays.equals(agree("XDH", one, plain), agree("X25519", plain, one));
      if (!agreed || !(one.getPrivate() instanceof EphemeralKey)) {
        throw new GeneralSecurityException("its key pairs are not used");
      }
    } finally {
      step.leave();
    }
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("XDH");
    generator.initialize(NamedParameterSpec.X25519);
    return generator.generateKeyPair();
  }

  private static byte[] agree(String algorithm, KeyPair own, KeyPair peer)
      throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance(algorithm);
    agreement.init(own.getPrivate());
    agreement.doPhase(peer.getPublic(), true);
    return agreement.generateSecret();
  }
}
