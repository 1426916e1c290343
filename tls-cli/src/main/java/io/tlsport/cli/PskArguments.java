package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ConnectOptions;
import io.tlsport.ErrorCode;
import io.tlsport.PskIdentity;
import io.tlsport.ServerOptions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A pre-shared key, on both sides, by the names of {@code openssl s_client}. */
final class PskArguments {
  @Option(
      names = "--psk",
      paramLabel = "HEX",
      description =
          "a key of both sides, in place of certificates; before TLS 1.3 with such --ciphers")
  @Nullable String key;

  @Option(
      names = "--psk-identity",
      paramLabel = "TEXT",
      description = "whose key it is; default Client_identity")
  String identity = "Client_identity";

  private Optional<PskIdentity> given() {
    return Optional.ofNullable(key).map(digits -> PskIdentity.of(identity, parse(digits)));
  }

  private static byte[] parse(String digits) {
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException notHex) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "--psk: a key is an even number of hexadecimal digits, got "
              + digits.length()
              + " characters",
          notHex);
    }
  }

  /** True if a server needs no certificate. */
  boolean isGiven() {
    return key != null;
  }

  /** Sets what was given. */
  void apply(ServerOptions.Builder options) {
    given()
        .ifPresent(
            known ->
                options.pskCallback(
                    (socket, name) ->
                        CompletableFuture.completedFuture(
                            name.equals(known.identity())
                                ? Optional.of(known.key())
                                : Optional.empty())));
  }

  /** Sets what was given. */
  void apply(ConnectOptions.Builder options) {
    given().ifPresent(known -> options.pskCallback(hint -> Optional.of(known)));
  }
}
