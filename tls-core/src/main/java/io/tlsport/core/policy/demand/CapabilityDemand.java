package io.tlsport.core.policy.demand;

import io.tlsport.Capabilities;
import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import io.tlsport.UnsupportedFeatureException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Compares what is asked for with what the provider in force has. Immutable. */
public final class CapabilityDemand {
  private static final String NOT_YET = "not driven by tlsport yet; see docs/from-node.md";

  /** What no provider can do through this core so far, whatever its engine has. */
  private static final Set<Capability> UNDRIVEN =
      EnumSet.of(Capability.EARLY_DATA, Capability.ENCRYPTED_CLIENT_HELLO);

  private final String provider;
  private final Capabilities table;
  private final Set<Capability> partial;

  /**
   * The demands on one provider.
   *
   * @param provider its name
   * @param declared its own table
   * @param partial what may be covered for some versions only
   */
  public CapabilityDemand(String provider, Capabilities declared, Set<Capability> partial) {
    this.provider = provider;
    this.table = effective(declared);
    this.partial = Set.copyOf(partial);
  }

  /** The provider's table as far as this core drives it. */
  private static Capabilities effective(Capabilities declared) {
    Capabilities.Builder table = Capabilities.builder();
    for (Capability capability : Capability.values()) {
      Support support = declared.of(capability);
      boolean hidden = UNDRIVEN.contains(capability) && support.supported();
      table.put(capability, hidden ? Support.no(NOT_YET) : support);
    }
    return table.build();
  }

  /** What holds: the provider's table as far as this core drives it. */
  public Capabilities table() {
    return table;
  }

  /** Demands a capability whatever the version. */
  public void require(Capability capability) {
    require(capability, List.of());
  }

  /**
   * Demands a capability.
   *
   * @param versions the versions that are enabled
   * @throws UnsupportedFeatureException if it is missing, or missing for one of the versions
   */
  public void require(Capability capability, Collection<ProtocolVersion> versions) {
    Support support = table.of(capability);
    if (support instanceof Support.No no) {
      throw refusal(capability, no.reason());
    }
    if (support instanceof Support.Only only && !allows(capability, versions)) {
      throw refusal(
          capability,
          only.reason()
              + " (works for "
              + only.versions().stream().sorted().toList()
              + " only: enable no other version, or allowPartial("
              + capability
              + "))");
    }
  }

  /** Whether a demand for it, with those versions enabled, would not be refused. */
  public boolean allows(Capability capability, Collection<ProtocolVersion> versions) {
    Support support = table.of(capability);
    if (support instanceof Support.Only only) {
      return only.versions().containsAll(versions) || partial.contains(capability);
    }
    return support.supported();
  }

  private UnsupportedFeatureException refusal(Capability capability, String reason) {
    return new UnsupportedFeatureException(capability, provider, reason);
  }
}
