package io.tlsport.core.netty;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;

/** Paths of Unix domain sockets, and whether this machine has any. */
public final class UnixSockets {
  /** What fits beside the NUL into the system's address; a few systems take less, and say so. */
  private static final int LONGEST = 107;

  private static final class Present {
    static final boolean YES = opens();

    private static boolean opens() {
      try (ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        return opened.isOpen();
      } catch (UnsupportedOperationException | IOException none) {
        return false;
      }
    }
  }

  private UnixSockets() {}

  /**
   * The address of a path.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE} if it is no path,
   *     or too long for a socket, or there are no such sockets here
   */
  public static UnixDomainSocketAddress address(String path) {
    if (path.isEmpty()) {
      throw refused("it is empty: give the path of a file");
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw refused(
          "\"" + path + "\" has more than " + LONGEST + " bytes: a socket needs a shorter one");
    }
    if (!Present.YES) {
      throw refused("this machine has no Unix domain sockets: take host and port");
    }
    try {
      return UnixDomainSocketAddress.of(path);
    } catch (InvalidPathException invalid) {
      throw refused("\"" + path.replace('\0', '?') + "\" is no path: " + invalid.getReason());
    }
  }

  private static ConfigurationException refused(String why) {
    return new ConfigurationException(ErrorCode.ERR_INVALID_ARG_VALUE, "path: " + why);
  }
}
