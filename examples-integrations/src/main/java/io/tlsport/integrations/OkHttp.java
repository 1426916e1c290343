package io.tlsport.integrations;

import io.tlsport.SecureContext;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** OkHttp over the blocking sockets of a secure context. */
public final class OkHttp {
  private OkHttp() {}

  /**
   * A client.
   *
   * @param roots what OkHttp orders a chain by where certificates are pinned; whom to trust is the
   *     context's decision
   */
  public static OkHttpClient client(SecureContext context, List<X509Certificate> roots)
      throws Exception {
    return new OkHttpClient.Builder()
        .sslSocketFactory(context.sslContext().getSocketFactory(), manager(roots))
        .build();
  }

  private static X509TrustManager manager(List<X509Certificate> roots) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (X509Certificate root : roots) {
      store.setCertificateEntry(root.getSerialNumber().toString(), root);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
