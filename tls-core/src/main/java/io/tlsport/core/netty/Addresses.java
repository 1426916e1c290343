package io.tlsport.core.netty;

import io.tlsport.Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;

/** Socket addresses as the seed shows them. */
public final class Addresses {
  private Addresses() {}

  /** The address, if it is one of a network or the path of a Unix domain socket. */
  public static Optional<Address> of(SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      return Optional.of(of(inet.getAddress(), inet.getPort()));
    }
    if (address instanceof UnixDomainSocketAddress unix && !unix.getPath().toString().isEmpty()) {
      return Optional.of(new Address(unix.getPath().toString(), "Unix", 0));
    }
    return Optional.empty();
  }

  private static Address of(InetAddress address, int port) {
    String family = address instanceof Inet6Address ? "IPv6" : "IPv4";
    return new Address(address.getHostAddress(), family, port);
  }
}
