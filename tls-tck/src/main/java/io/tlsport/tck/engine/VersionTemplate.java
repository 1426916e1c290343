package io.tlsport.tck.engine;

import io.tlsport.ProtocolVersion;
import java.util.List;

/** Runs a test for each of the two versions that are enabled by default. */
public final class VersionTemplate extends EnumTemplate<ProtocolVersion> {
  /** Made by JUnit. */
  public VersionTemplate() {
    super(List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3));
  }
}
