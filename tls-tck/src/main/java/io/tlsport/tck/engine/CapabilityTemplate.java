package io.tlsport.tck.engine;

import io.tlsport.Capability;
import java.util.List;

/** Runs a test for each capability. */
public final class CapabilityTemplate extends EnumTemplate<Capability> {
  /** Made by JUnit. */
  public CapabilityTemplate() {
    super(List.of(Capability.values()));
  }
}
