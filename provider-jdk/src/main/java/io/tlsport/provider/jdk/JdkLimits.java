package io.tlsport.provider.jdk;

import io.tlsport.ProtocolVersion;
import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Role;
import java.util.List;
import javax.net.ssl.SSLParameters;

/**
 * Groups and signature schemes per engine. Newer Java has methods for them; before, constraints
 * that permit no others do the same, except that they leave the order to SunJSSE.
 */
final class JdkLimits {
  private JdkLimits() {}

  static void apply(SSLParameters parameters, Role role, EngineSpec spec) {
    List<String> groups = spec.groups();
    List<String> schemes = spec.schemes();
    boolean groupsSet =
        groups.isEmpty()
            || (!certificateNeedsItsCurve(role, spec)
                && NewerParameters.setNamedGroups(parameters, groups));
    boolean schemesSet =
        schemes.isEmpty() || NewerParameters.setSignatureSchemes(parameters, schemes);
    if (!groupsSet || !schemesSet) {
      parameters.setAlgorithmConstraints(
          new OnlyAlgorithms(groupsSet ? List.of() : groups, schemesSet ? List.of() : schemes));
    }
  }

  /**
   * In TLS 1.2 SunJSSE shows no EC certificate whose curve is not among the groups that were set,
   * although it would only sign with it. Constraints do not touch that; in TLS 1.3 it is the other
   * way round.
   */
  private static boolean certificateNeedsItsCurve(Role role, EngineSpec spec) {
    return role == Role.SERVER
        && spec.versions().contains(ProtocolVersion.TLS_1_2)
        && spec.identity()
            .filter(shown -> shown.certificate().getPublicKey().getAlgorithm().equals("EC"))
            .isPresent();
  }
}
