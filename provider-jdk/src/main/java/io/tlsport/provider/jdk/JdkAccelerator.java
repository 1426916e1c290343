package io.tlsport.provider.jdk;

import io.tlsport.ConfigurationException;
import io.tlsport.spi.Availability;
import io.tlsport.spi.Identity;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The accelerator of one provider object, if it was told to have one: installed while it lives. */
final class JdkAccelerator {
  private final Optional<Accelerator> accelerator;
  private final Availability availability;
  private final AtomicBoolean installed;

  private JdkAccelerator(Optional<Accelerator> accelerator, Availability availability) {
    this.accelerator = accelerator;
    this.availability = availability;
    this.installed = new AtomicBoolean(accelerator.isPresent());
  }

  /** None. */
  static JdkAccelerator none() {
    return new JdkAccelerator(Optional.empty(), Availability.yes());
  }

  /** That one, installed if it works here. Never throws for what is not there. */
  static JdkAccelerator install(Supplier<Accelerator> library) {
    try {
      Accelerator accelerator = library.get();
      InstalledAccelerator.acquire(accelerator);
      return new JdkAccelerator(Optional.of(accelerator), Availability.yes());
    } catch (ConfigurationException absent) {
      String reason = String.valueOf(absent.getMessage());
      return new JdkAccelerator(Optional.empty(), Availability.no(reason));
    }
  }

  /** Whether it can run. */
  Availability availability() {
    return availability;
  }

  /** For the engines of a context that show that identity. */
  Optional<Acceleration> showing(Optional<Identity> shown) {
    return accelerator.map(known -> new Acceleration(known, shown.map(Identity::key)));
  }

  /** Has it removed, unless others use it too. */
  void close() {
    if (installed.getAndSet(false)) {
      InstalledAccelerator.release();
    }
  }
}
