package io.tlsport.tck.report;

import io.tlsport.Tls;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.TlsProviderTck;

/** The kit on a provider that was chosen when the program started, and not by writing a class. */
class ChosenKit extends TlsProviderTck {
  /**
   * What was chosen. One run at a time: JUnit makes the objects of this class, and has no way to
   * hand them anything.
   */
  private static volatile Choice choice = new Choice(null, false, false);

  /**
   * What is tested, and how.
   *
   * @param factory the provider
   * @param internals whether the vendor's internals are allowed
   * @param fips whether FIPS approved mode is required
   */
  record Choice(
      @org.jspecify.annotations.Nullable TlsProviderFactory factory,
      boolean internals,
      boolean fips) {
    TlsProviderFactory chosen() {
      if (factory == null) {
        throw new IllegalStateException("no provider was chosen: start it by KitProgram");
      }
      return factory;
    }
  }

  static void choose(Choice next) {
    choice = next;
  }

  @Override
  public TlsProviderFactory factory() {
    return choice.chosen();
  }

  @Override
  public Tls.Builder newTls() {
    Tls.Builder builder = super.newTls().internals(choice.internals());
    return choice.fips() ? builder.requireFips() : builder;
  }
}
