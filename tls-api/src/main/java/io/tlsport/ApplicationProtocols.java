package io.tlsport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists of application protocols in the form that ALPN and NPN have on the wire, which the seed
 * takes as a {@code Buffer}: {@code 0x05hello0x05world}. Names are UTF-8.
 */
public final class ApplicationProtocols {
  private static final int LONGEST = 255;

  private ApplicationProtocols() {}

  /**
   * Names, each behind its length: the seed's {@code tls.convertNPNProtocols}.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_OUT_OF_RANGE} for an empty name or one
   *     of more than 255 bytes
   */
  public static byte[] encode(List<String> names) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (String name : checked("protocols", names)) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      wire.write(bytes.length);
      wire.writeBytes(bytes);
    }
    return wire.toByteArray();
  }

  /**
   * The names of a list in that form.
   *
   * @throws ConfigurationException with {@link ErrorCode#ERR_INVALID_ARG_VALUE} if a name is empty
   *     or longer than what is there
   */
  public static List<String> decode(byte[] wire) {
    Arguments.given("protocols", wire);
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < wire.length) {
      int length = wire[at] & 0xff;
      at++;
      if (length == 0 || length > wire.length - at) {
        throw new ConfigurationException(
            ErrorCode.ERR_INVALID_ARG_VALUE,
            "protocols: a name of " + length + " bytes at " + at + " of " + wire.length);
      }
      names.add(new String(wire, at, length, StandardCharsets.UTF_8));
      at += length;
    }
    return List.copyOf(names);
  }

  /** A copy of the names, if each of them can be on the wire. */
  static List<String> checked(String option, List<String> names) {
    List<String> copy = new ArrayList<>(Arguments.given(option, names));
    for (String name : copy) {
      int length = Arguments.given(option, name).getBytes(StandardCharsets.UTF_8).length;
      if (length < 1 || length > LONGEST) {
        throw new ConfigurationException(
            ErrorCode.ERR_OUT_OF_RANGE,
            option + ": a protocol name has 1 to 255 bytes, \"" + name + "\" has " + length);
      }
    }
    return copy;
  }
}
