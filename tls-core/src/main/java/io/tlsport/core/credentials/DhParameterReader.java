package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.group.DhParameters;

/** {@code dhparam}: the block DH PARAMETERS of a PEM text, checked. */
public final class DhParameterReader {
  private static final String LABEL = "DH PARAMETERS";

  private DhParameterReader() {}

  /**
   * The parameters.
   *
   * @throws ConfigurationException if there are none, they are malformed, or nobody should use them
   */
  public static DhParameters read(Pem pem) {
    Source source = new Source("dhparam", pem);
    PemBlock block =
        PemReader.read("dhparam", pem).stream()
            .filter(found -> found.label().equals(LABEL))
            .findFirst()
            .orElseThrow(
                () ->
                    source.error(
                        ErrorCode.ERR_OSSL_PEM_NO_START_LINE,
                        "no block " + LABEL + ": make one with openssl dhparam 2048"));
    DhParameters parameters = parse(source, block);
    parameters
        .defect()
        .ifPresent(
            defect -> {
              throw source.error(
                  ErrorCode.ERR_INVALID_ARG_VALUE,
                  defect + ": make others, or leave it to the engine");
            });
    return parameters;
  }

  private static DhParameters parse(Source source, PemBlock block) {
    try {
      return DhParameters.parse(block.content());
    } catch (DerException malformed) {
      throw source.error(
          ErrorCode.ERR_OSSL_PEM_BAD_DATA,
          "the block " + LABEL + " is malformed: " + malformed.getMessage(),
          malformed);
    }
  }
}
