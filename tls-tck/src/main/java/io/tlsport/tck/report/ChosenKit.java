package io.tlsport.tck.report;

import io.tlsport.Tls;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.ProviderUnderTest;
import io.tlsport.tck.TlsProviderTck;
import org.jspecify.annotations.Nullable;

/** The kit on a provider that was chosen while the program runs, and not by writing a class. */
class ChosenKit extends TlsProviderTck {
  /**
   * What was chosen. JUnit makes the objects of this class, and has no way to hand them anything:
   * so one run at a time, or one within another.
   */
  private static volatile @Nullable ProviderUnderTest choice;

  /** One may choose another while it runs. */
  private final ProviderUnderTest chosen = current();

  /** Chooses what is tested from now on, and tells what was before. */
  static @Nullable ProviderUnderTest choose(@Nullable ProviderUnderTest next) {
    ProviderUnderTest before = choice;
    choice = next;
    return before;
  }

  private static ProviderUnderTest current() {
    ProviderUnderTest current = choice;
    if (current == null) {
      throw new IllegalStateException("no provider was chosen: start it by KitProgram");
    }
    return current;
  }

  @Override
  public TlsProviderFactory factory() {
    return chosen.factory();
  }

  @Override
  public String knownDefects() {
    return chosen.knownDefects();
  }

  @Override
  public Tls.Builder newTls() {
    return chosen.newTls();
  }
}
