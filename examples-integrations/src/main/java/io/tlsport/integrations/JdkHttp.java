package io.tlsport.integrations;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tlsport.SecureContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/** The JDK's HTTP server and client. */
public final class JdkHttp {
  private JdkHttp() {}

  /** A server on a free port of the loopback interface. */
  public static HttpsServer server(SecureContext context, Executor threads) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context.sslContext()));
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] page = "the JDK's page".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** A client. */
  public static HttpClient client(SecureContext context, Executor threads) {
    return HttpClient.newBuilder().sslContext(context.sslContext()).executor(threads).build();
  }
}
