package io.tlsport.integrations;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.tlsport.SecureContext;
import io.tlsport.netty.TlsportSslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** gRPC-Java on Netty, with certificates on both sides. */
public final class GrpcJava {
  private GrpcJava() {}

  /** A server on a free port of the loopback interface. */
  public static Server server(SecureContext context, ServerServiceDefinition service)
      throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .sslContext(TlsportSslContext.forServer(context, "h2").clientAuth(ClientAuth.REQUIRE))
        .addService(service)
        .build()
        .start();
  }

  /** A channel of a client. */
  public static ManagedChannel channel(SecureContext context, String host, int port) {
    return NettyChannelBuilder.forAddress(host, port)
        .sslContext(TlsportSslContext.forClient(context, "h2"))
        .build();
  }
}
