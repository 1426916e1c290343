package io.tlsport.spi;

/**
 * The one thing that a provider registers: in {@code META-INF/services} and in its module
 * descriptor. Must be cheap to construct: nothing is loaded before {@link #create}.
 */
public interface TlsProviderFactory {
  /** The name that users choose the provider by: lower-case letters, digits and hyphens. */
  String name();

  /**
   * Makes the provider. Must not throw because something is absent on this machine: that is what
   * {@link TlsProvider#availability()} says.
   */
  TlsProvider create(ProviderConfig config);
}
