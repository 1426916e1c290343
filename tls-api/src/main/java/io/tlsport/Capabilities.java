package io.tlsport;

import java.util.EnumMap;
import java.util.Map;

/** A provider's honest table: every {@link Capability} with its {@link Support}. Immutable. */
public final class Capabilities {
  private final Map<Capability, Support> table;

  private Capabilities(Map<Capability, Support> table) {
    this.table = table;
  }

  /** A builder that starts with nothing declared. */
  public static Builder builder() {
    return new Builder();
  }

  /** What the provider says of that capability. */
  public Support of(Capability capability) {
    Support support = table.get(capability);
    return support == null ? Support.no("not declared by the provider") : support;
  }

  /** True if the capability works in at least one protocol version. */
  public boolean supports(Capability capability) {
    return of(capability).supported();
  }

  /** Collects the rows of a table. */
  public static final class Builder {
    private final Map<Capability, Support> table = new EnumMap<>(Capability.class);

    private Builder() {}

    /** Declares one row; the last declaration of a capability counts. */
    public Builder put(Capability capability, Support support) {
      table.put(capability, support);
      return this;
    }

    /** Declares several rows that work in every combination. */
    public Builder yes(Capability... capabilities) {
      for (Capability capability : capabilities) {
        put(capability, Support.yes());
      }
      return this;
    }

    /** The finished table; rows that were not declared are a no. */
    public Capabilities build() {
      return new Capabilities(new EnumMap<>(table));
    }
  }
}
