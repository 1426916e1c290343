package io.tlsport.core.policy.baseline;

import io.tlsport.ProtocolVersion;
import io.tlsport.core.policy.cipher.CipherList;
import java.util.List;
import java.util.Optional;

/**
 * The defaults that hold where an option is silent.
 *
 * @param name by which users choose it
 * @param minVersion the oldest version
 * @param maxVersion the newest version
 * @param ciphers an OpenSSL cipher list
 * @param groups IANA names, most wanted first; those that an engine lacks are passed over; empty:
 *     the engine's own
 * @param schemes signature schemes by IANA's names, most wanted first; those that an engine lacks
 *     are passed over; empty: the engine's own
 * @param securityLevel what keys and certificates must be good for, by OpenSSL's levels, unless a
 *     cipher list says {@code @SECLEVEL=}
 */
public record SecurityPolicy(
    String name,
    ProtocolVersion minVersion,
    ProtocolVersion maxVersion,
    String ciphers,
    List<String> groups,
    List<String> schemes,
    int securityLevel) {
  /** Keeps copies of the lists. */
  public SecurityPolicy {
    groups = List.copyOf(groups);
    schemes = List.copyOf(schemes);
  }

  /** The level that holds for a context with that cipher list, or with that of the policy. */
  public int securityLevel(Optional<String> list) {
    return CipherList.securityLevel(list.orElse(ciphers)).orElse(securityLevel);
  }

  /** The same by another name. */
  public SecurityPolicy withName(String other) {
    return new SecurityPolicy(
        other, minVersion, maxVersion, ciphers, groups, schemes, securityLevel);
  }

  /** The same with another oldest version. */
  public SecurityPolicy withMinVersion(ProtocolVersion version) {
    return new SecurityPolicy(name, version, maxVersion, ciphers, groups, schemes, securityLevel);
  }

  /** The same with another newest version. */
  public SecurityPolicy withMaxVersion(ProtocolVersion version) {
    return new SecurityPolicy(name, minVersion, version, ciphers, groups, schemes, securityLevel);
  }

  /** The same with another cipher list. */
  public SecurityPolicy withCiphers(String list) {
    return new SecurityPolicy(name, minVersion, maxVersion, list, groups, schemes, securityLevel);
  }

  /** The same with other groups. */
  public SecurityPolicy withGroups(List<String> names) {
    return new SecurityPolicy(name, minVersion, maxVersion, ciphers, names, schemes, securityLevel);
  }
}
