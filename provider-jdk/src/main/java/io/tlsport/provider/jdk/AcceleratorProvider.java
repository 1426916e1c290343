package io.tlsport.provider.jdk;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where SunJSSE finds an {@link Acceleration}. To a thread that is not in a step of an accelerated
 * engine it has nothing to offer, and the JCA goes on to the provider behind it.
 */
final class AcceleratorProvider extends Provider {
  static final String NAME = "TlsportAccelerator";

  private static final long serialVersionUID = 1;

  AcceleratorProvider() {
    super(NAME, "1", "public-key cryptography of accelerated TLS handshakes, for these alone");
    for (String digest : List.of("SHA256", "SHA384", "SHA512")) {
      signature(digest + "withECDSA");
      signature(digest + "withRSA");
    }
    signature("RSASSA-PSS");
    signature(Accelerator.ED25519);
    for (String algorithm : List.of("XDH", "EC")) {
      putService(
          new Scoped(
              "KeyPairGenerator",
              algorithm,
              AcceleratedKeyPairs.class,
              (step, name) -> new AcceleratedKeyPairs(step.accelerator())));
    }
    for (String algorithm : List.of("XDH", "ECDH")) {
      putService(
          new Scoped(
              "KeyAgreement",
              algorithm,
              AcceleratedAgreement.class,
              (step, name) -> new AcceleratedAgreement(step.accelerator())));
    }
  }

  private void signature(String algorithm) {
    putService(
        new Scoped("Signature", algorithm, AcceleratedSignature.class, AcceleratedSignature::new));
  }

  /** There in the steps of engines only. */
  private final class Scoped extends Service {
    private final BiFunction<Acceleration, String, Object> maker;

    Scoped(
        String type,
        String algorithm,
        Class<?> implementation,
        BiFunction<Acceleration, String, Object> maker) {
      super(AcceleratorProvider.this, type, algorithm, implementation.getName(), null, null);
      this.maker = maker;
    }

    @Override
    public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
      Acceleration step = Acceleration.current();
      if (step == null) {
        throw new NoSuchAlgorithmException("no step of an accelerated engine");
      }
      return maker.apply(step, getAlgorithm());
    }

    @Override
    public boolean supportsParameter(@Nullable Object key) {
      Acceleration step = Acceleration.current();
      return step != null && step.takes(key, getAlgorithm());
    }
  }
}
