package io.tlsport;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Finds the addresses of a host: the option {@code lookup} of Node's {@code net.connect}. */
@FunctionalInterface
public interface HostLookup {
  /**
   * Called once for a connection whose host is a name, on a thread that may block. May answer
   * later, on any thread; {@code connectTimeout} bounds it.
   *
   * @param host as the application gave it
   * @return the addresses, the most wanted first; a failed stage, a throw, or none at all fails the
   *     connection: an {@link java.net.UnknownHostException} with {@link ErrorCode#ENOTFOUND}, a
   *     {@link TlsException} as itself, anything else with {@link ErrorCode#ERR_TLS_CALLBACK}
   */
  CompletionStage<List<InetAddress>> lookup(String host);
}
