/** Conscrypt, which is BoringSSL for Java, as provider {@code conscrypt}. */
@SuppressWarnings("requires-automatic")
module io.tlsport.provider.conscrypt {
  requires io.tlsport;
  requires org.conscrypt;
  requires static org.jspecify;

  provides io.tlsport.spi.TlsProviderFactory with
      io.tlsport.provider.conscrypt.ConscryptProviderFactory;
}
